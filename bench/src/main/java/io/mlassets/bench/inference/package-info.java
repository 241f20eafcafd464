/**
 * Scores and features in Java beside the native engines, ONNX Runtime and pandas: how fast, and
 * whether the same. Native engines are peers here, called as anybody would call them.
 */
package io.mlassets.bench.inference;
