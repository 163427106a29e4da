package org.tiepoint.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tiepoint.feature.FeatureMap;

/**
 * A network of one image in an ONNX file, on the CPU. Safe for use by several threads.
 */
final class OnnxNetwork implements AutoCloseable {
    private final Path file;
    private final OrtSession session;
    private final String input;

    private OnnxNetwork(Path file, OrtSession session) {
        this.file = file;
        this.session = session;
        this.input = session.getInputNames().iterator().next();
    }

    /**
     * Loads a file.
     *
     * @param outputs how many maps it must give
     * @throws IOException when the file is no network of one input and so many outputs
     */
    static OnnxNetwork load(Path file, int outputs) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw Files.exists(file) ? new IOException(file + ": is no file: name an .onnx file")
                    : new NoSuchFileException(file.toString());
        }
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(Runtime.getRuntime().availableProcessors());
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            OrtSession session = OrtEnvironment.getEnvironment().createSession(file.toString(), options);
            if (session.getNumInputs() != 1 || session.getNumOutputs() != outputs) {
                String found = session.getNumInputs() + " inputs and " + session.getNumOutputs() + " outputs";
                session.close();
                throw new IOException(file + ": has " + found + ", one and " + outputs + " are needed: give another"
                        + " network");
            }
            return new OnnxNetwork(file, session);
        } catch (OrtException e) {
            throw new IOException(file + ": ONNX Runtime cannot load it (" + e.getMessage() + "): is it a whole .onnx"
                    + " file?", e);
        }
    }

    /**
     * Applies the network.
     *
     * @param planes 3 x height x width
     * @return its outputs, each of one image
     */
    List<FeatureMap> apply(float[] planes, int height, int width) {
        try (OnnxTensor tensor = OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), FloatBuffer.wrap(planes),
                        new long[] {1, 3, height, width});
                OrtSession.Result result = session.run(Map.of(input, tensor))) {
            List<FeatureMap> maps = new ArrayList<>();
            for (int i = 0; i < result.size(); i++) {
                OnnxTensor output = (OnnxTensor) result.get(i);
                maps.add(map(output.getInfo(), output.getFloatBuffer()));
            }
            return maps;
        } catch (OrtException e) {
            throw new IllegalArgumentException(file + ": does not run on an image of " + width + "x" + height
                    + " pixels (" + e.getMessage() + ")", e);
        }
    }

    private FeatureMap map(TensorInfo info, FloatBuffer buffer) {
        long[] shape = info.getShape();
        if (shape.length != 4 || shape[0] != 1 || buffer == null) {
            throw new IllegalArgumentException(file + ": gives " + info + ", one image's map of floats is needed");
        }
        float[] values = new float[buffer.remaining()];
        buffer.get(values);
        return new FeatureMap((int) shape[1], (int) shape[2], (int) shape[3], values);
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException(file + ": " + e.getMessage(), e);
        }
    }
}
