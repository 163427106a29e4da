/**
 * Computations as graphs of ONNX's standard operators, and the files that hold them. A network writes itself with the
 * same calls on a {@link org.tiepoint.graph.Value} as on a tensor.
 */
package org.tiepoint.graph;
