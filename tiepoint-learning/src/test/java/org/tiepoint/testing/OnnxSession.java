package org.tiepoint.testing;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/** An ONNX file in ONNX Runtime. */
public final class OnnxSession implements AutoCloseable {
    private final OrtSession session;

    /** Loads a file's bytes. */
    public OnnxSession(byte[] file) throws OrtException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            session = OrtEnvironment.getEnvironment().createSession(file, options);
        }
    }

    /**
     * An output.
     *
     * @param values row-major
     */
    public record Output(long[] shape, float[] values) {}

    /** Outputs by name for the one input. */
    public Map<String, Output> run(float[] values, long... shape) throws OrtException {
        String input = session.getInputNames().iterator().next();
        Map<String, Output> outputs = new LinkedHashMap<>();
        try (OnnxTensor tensor = OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), FloatBuffer.wrap(values),
                        shape);
                OrtSession.Result result = session.run(Map.of(input, tensor))) {
            result.forEach(entry -> {
                OnnxTensor output = (OnnxTensor) entry.getValue();
                FloatBuffer buffer = output.getFloatBuffer();
                float[] copy = new float[buffer.remaining()];
                buffer.get(copy);
                outputs.put(entry.getKey(), new Output(output.getInfo().getShape(), copy));
            });
        }
        return outputs;
    }

    /** The file's metadata. */
    public Map<String, String> metadata() throws OrtException {
        return session.getMetadata().getCustomMetadata();
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
