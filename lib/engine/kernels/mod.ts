// Importing this file registers every kernel that the recorder can write as ONNX.
import "./elementwise.ts";
import "./indexing.ts";
import "./products.ts";
import "./reductions.ts";
import "./shape.ts";
