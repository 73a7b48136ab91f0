// What this page uses of vis-network, which is in-lined before the page's own script.
declare namespace vis {
  type Point = { x: number; y: number };
  type Animation = boolean | { duration: number; easingFunction: string };
  type RendererInput = { ctx: CanvasRenderingContext2D; id: number; x: number; y: number };
  type Click = { nodes: number[]; edges: number[]; pointer: { DOM: Point }; event: { srcEvent?: MouseEvent } };

  class DataSet<Item> {
    constructor(items: Item[]);
    update(items: (Partial<Item> & { id: number })[]): void;
  }

  // Not of its documented interface; the version is fixed with pyvis's, and tests look at it.
  type Renderer = {
    canvas: { frame: { canvas: HTMLCanvasElement } };
    _drawNodes(c: CanvasRenderingContext2D, hidden?: boolean): { drawExternalLabels: () => void };
    _drawEdges(c: CanvasRenderingContext2D): void;
    _drawArrows(c: CanvasRenderingContext2D): void;
  };

  class Network {
    renderer: Renderer;
    constructor(place: HTMLElement, data: object, options: object);
    on(event: "beforeDrawing" | "afterDrawing", listener: (c: CanvasRenderingContext2D) => void): void;
    on(event: "doubleClick", listener: (click: Click) => void): void;
    on(event: "dragStart", listener: (drag: { nodes: number[] }) => void): void;
    on(event: "dragEnd", listener: (drag: { nodes: number[] }) => void): void;
    on(event: "click", listener: (click: Click) => void): void;
    on(event: "hoverNode", listener: (hit: { node: number }) => void): void;
    on(event: "hoverEdge", listener: (hit: { edge: number }) => void): void;
    on(event: "blurNode" | "blurEdge" | "zoom", listener: () => void): void;
    redraw(): void;
    getScale(): number;
    getViewPosition(): Point;
    destroy(): void;
    getPosition(id: number): Point;
    getPositions(ids: number[]): Record<number, Point>;
    canvasToDOM(point: Point): Point;
    moveTo(view: { position?: Point; scale?: number; animation?: Animation }): void;
  }
}
