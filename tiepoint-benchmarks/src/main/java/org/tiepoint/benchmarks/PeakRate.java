package org.tiepoint.benchmarks;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.tiepoint.graph.Dimension;
import org.tiepoint.graph.ElementType;
import org.tiepoint.graph.Graph;
import org.tiepoint.graph.Value;

/** What this machine can compute at most, in single precision: the rate of a product of two square matrices. */
final class PeakRate {
    private static final int SIDE = 512;

    private PeakRate() {}

    /** GFLOP/s, the best of so many products by OpenBLAS and as many by ONNX Runtime. */
    static double measure(int repetitions) throws IOException, OrtException {
        return Math.max(openBlas(repetitions), onnxRuntime(repetitions));
    }

    private static double openBlas(int repetitions) {
        org.bytedeco.openblas.presets.openblas_nolapack.blas_set_num_threads(Environment.THREADS);
        try (FloatPointer a = filled(); FloatPointer b = filled(); FloatPointer c = filled()) {
            double best = 0;
            for (int i = 0; i < repetitions; i++) {
                long start = System.nanoTime();
                openblas_nolapack.cblas_sgemm(openblas_nolapack.CblasRowMajor, openblas_nolapack.CblasNoTrans,
                        openblas_nolapack.CblasNoTrans, SIDE, SIDE, SIDE, 1, a, SIDE, b, SIDE, 0, c, SIDE);
                best = Math.max(best, rate(start));
            }
            return best;
        }
    }

    private static double onnxRuntime(int repetitions) throws IOException, OrtException {
        Graph graph = new Graph("product");
        Value a = graph.input("a", Dimension.of(SIDE), Dimension.of(SIDE));
        float[] values = new float[SIDE * SIDE];
        Arrays.fill(values, 0.5f);
        graph.output("c", graph.node("MatMul", ElementType.FLOAT32,
                List.of(a, graph.constant("b", values, SIDE, SIDE))), Dimension.of(SIDE), Dimension.of(SIDE));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        graph.write(bytes, "", Map.of());
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(Environment.THREADS);
            try (OrtSession session = environment.createSession(bytes.toByteArray(), options);
                    OnnxTensor input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(values),
                            new long[] {SIDE, SIDE})) {
                double best = 0;
                for (int i = 0; i < repetitions; i++) {
                    long start = System.nanoTime();
                    session.run(Map.of("a", input)).close();
                    best = Math.max(best, rate(start));
                }
                return best;
            }
        }
    }

    private static FloatPointer filled() {
        FloatPointer matrix = new FloatPointer((long) SIDE * SIDE);
        float[] values = new float[SIDE * SIDE];
        Arrays.fill(values, 0.5f);
        return matrix.put(values);
    }

    /** GFLOP/s of a product since then. */
    private static double rate(long start) {
        return 2.0 * SIDE * SIDE * SIDE / (System.nanoTime() - start);
    }
}
