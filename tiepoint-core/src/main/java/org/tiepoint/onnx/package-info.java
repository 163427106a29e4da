/** Networks in the ONNX format, run by ONNX Runtime. */
package org.tiepoint.onnx;
