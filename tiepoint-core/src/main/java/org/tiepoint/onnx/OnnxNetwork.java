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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import org.bytedeco.javacpp.FloatPointer;
import org.tiepoint.feature.FeatureMap;
import org.tiepoint.image.Image;
import org.tiepoint.image.ImageResizer;

/**
 * A network of one image in an ONNX file, on the CPU. Safe for use by several threads, which run side by side.
 */
public final class OnnxNetwork implements AutoCloseable {
    private final Path file;
    private final OrtSession session;
    private final String input;
    /** Runs read, closing writes. */
    private final ReadWriteLock use = new ReentrantReadWriteLock();
    /** Inputs of earlier runs, for the next. */
    private final Queue<FloatPointer> buffers = new ConcurrentLinkedQueue<>();
    private boolean closed;

    private OnnxNetwork(Path file, OrtSession session) {
        this.file = file;
        this.session = session;
        this.input = session.getInputNames().iterator().next();
    }

    /**
     * Loads a file.
     *
     * @param threads of one run
     * @throws IOException when the file is no network of one input
     */
    static OnnxNetwork load(Path file, int threads) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw Files.exists(file) ? new IOException(file + ": is no file: name an .onnx file")
                    : new NoSuchFileException(file.toString());
        }
        return load(file, threads, options -> OnnxLibrary.environment().createSession(file.toString(), options));
    }

    /**
     * Takes the content of a file.
     *
     * @param name    what messages call it
     * @param threads of one run
     * @throws IOException when it is no network of one input
     */
    public static OnnxNetwork load(byte[] content, Path name, int threads) throws IOException {
        return load(name, threads, options -> OnnxLibrary.environment().createSession(content, options));
    }

    @FunctionalInterface
    private interface Opening {
        OrtSession open(OrtSession.SessionOptions options) throws OrtException;
    }

    private static OnnxNetwork load(Path file, int threads, Opening opening) throws IOException {
        OnnxLibrary.environment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            // threads that wait in loops take the processors from runs beside this one
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            OrtSession session = opening.open(options);
            if (session.getNumInputs() != 1) {
                String found = session.getNumInputs() + " inputs";
                session.close();
                throw new IOException(file + ": has " + found + ", one is needed: give another network");
            }
            return new OnnxNetwork(file, session);
        } catch (OrtException e) {
            throw new IOException(file + ": ONNX Runtime cannot load it (" + e.getMessage() + "): is it a whole .onnx"
                    + " file?", e);
        }
    }

    /**
     * Loads a file; a run has a thread a processor.
     *
     * @param outputs how many maps it must give
     * @throws IOException when the file is no network of one input and so many outputs
     */
    static OnnxNetwork withOutputs(Path file, int outputs) throws IOException {
        OnnxNetwork network = load(file, Runtime.getRuntime().availableProcessors());
        int found = network.outputs().size();
        if (found != outputs) {
            network.close();
            throw new IOException(file + ": has " + found + " outputs, " + outputs + " are needed: give another"
                    + " network");
        }
        return network;
    }

    String input() {
        return input;
    }

    /** The names of the outputs. */
    Set<String> outputs() {
        return session.getOutputNames();
    }

    /** An entry of the file's metadata. */
    Optional<String> metadata(String key) {
        try {
            return session.getMetadata().getCustomMetadataValue(key);
        } catch (OrtException e) {
            throw new IllegalStateException(file + ": " + e.getMessage(), e);
        }
    }

    /**
     * Applies the network.
     *
     * @param planes 3 x height x width
     * @return its outputs by name in their order, each of one image
     * @throws IllegalStateException when it is closed
     */
    Map<String, FeatureMap> apply(float[] planes, int height, int width) {
        return apply(height, width, buffer -> buffer.put(planes));
    }

    /**
     * Applies the network.
     *
     * @param planes writes 3 x height x width numbers
     * @return its outputs by name in their order, each of one image
     * @throws IllegalStateException when it is closed
     */
    Map<String, FeatureMap> apply(int height, int width, Consumer<FloatBuffer> planes) {
        return applyAll(1, height, width, planes).get(0);
    }

    /**
     * Applies the network to an image.
     *
     * @param image  goes in as red, green and blue from 0 to 1
     * @param width  to which it is resized, in pixels; of the multiple that the network needs
     * @param height to which it is resized, likewise
     * @return its outputs by name in their order, each of one image
     * @throws IllegalArgumentException when the network does not run at that size
     * @throws IllegalStateException    when it is closed
     */
    public Map<String, FeatureMap> apply(Image image, int width, int height) {
        return apply(Planes.resized(ImageResizer.resize(image, width, height), width, height), height, width);
    }

    /**
     * Applies the network to several images of one size.
     *
     * @param planes writes count x 3 x height x width numbers
     * @return its outputs by name in their order, for each image
     * @throws IllegalStateException when it is closed
     */
    List<Map<String, FeatureMap>> applyAll(int count, int height, int width, Consumer<FloatBuffer> planes) {
        use.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("the network of " + file + " is closed");
            }
            int size = Math.multiplyExact(3 * count, height * width);
            FloatPointer memory = buffer(size);
            try {
                FloatBuffer buffer = memory.asBuffer().limit(size);
                planes.accept(buffer);
                return run(buffer.rewind(), count, height, width);
            } finally {
                buffers.add(memory);
            }
        } finally {
            use.readLock().unlock();
        }
    }

    /** Native memory for an input, which no other run uses. */
    private FloatPointer buffer(long size) {
        FloatPointer free = buffers.poll();
        if (free != null && free.capacity() >= size) {
            return free;
        }
        if (free != null) {
            free.deallocate();
        }
        // counted, so that a scope of the caller's that is open here does not free it
        return new FloatPointer(size).retainReference();
    }

    private List<Map<String, FeatureMap>> run(FloatBuffer planes, int count, int height, int width) {
        try (OnnxTensor tensor = OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), planes,
                        new long[] {count, 3, height, width});
                OrtSession.Result result = session.run(Map.of(input, tensor))) {
            List<Map<String, FeatureMap>> maps = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                maps.add(new LinkedHashMap<>());
            }
            result.forEach(entry -> {
                OnnxTensor output = (OnnxTensor) entry.getValue();
                FloatBuffer values = output.getFloatBuffer();
                maps.forEach(ofImage -> ofImage.put(entry.getKey(), map(output.getInfo(), count, values)));
            });
            return maps;
        } catch (OrtException e) {
            throw new IllegalArgumentException(file + ": does not run on " + (count == 1 ? "an image" : count
                    + " images") + " of " + width + "x" + height + " pixels (" + e.getMessage() + ")", e);
        }
    }

    /** The next image's map. */
    private FeatureMap map(TensorInfo info, int count, FloatBuffer buffer) {
        long[] shape = info.getShape();
        if (shape.length != 4 || shape[0] != count || buffer == null) {
            throw new IllegalArgumentException(file + ": gives " + info + ", a map of floats an image is needed");
        }
        return new FeatureMap((int) shape[1], (int) shape[2], (int) shape[3],
                values(buffer, (int) (shape[1] * shape[2] * shape[3])));
    }

    /** The next numbers of ONNX Runtime's copy of an output; where they are all of it, without another copy. */
    private static float[] values(FloatBuffer buffer, int count) {
        if (buffer.hasArray() && buffer.array().length == count) {
            return buffer.array();
        }
        float[] values = new float[count];
        buffer.get(values);
        return values;
    }

    /** Frees it, once no thread runs it. */
    @Override
    public void close() {
        use.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                buffers.forEach(FloatPointer::deallocate);
                session.close();
            }
        } catch (OrtException e) {
            throw new IllegalStateException(file + ": " + e.getMessage(), e);
        } finally {
            use.writeLock().unlock();
        }
    }
}
