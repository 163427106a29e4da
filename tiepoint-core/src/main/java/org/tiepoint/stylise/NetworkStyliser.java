package org.tiepoint.stylise;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.tiepoint.image.Image;
import org.tiepoint.image.ImageResizer;

/**
 * A stylisation network in an ONNX file, on the CPU. Its first input is the photo, its second, where there is one, an
 * exemplar; its first output is the stylised photo, of the photo's size. All are float32, 1 x 3 x H x W, RGB in [0, 1],
 * sides multiples of 32, the longer one at most {@link #MAX_SIDE} pixels.
 *
 * <p>Only the change of colour is taken over from the output, smoothed with the photo as guide as {@link
 * ColourTransport} does: whatever the network draws, the edges stay the photo's. Safe for use by several threads.
 */
public final class NetworkStyliser implements Styliser, AutoCloseable {
    /** The longer side at which the network sees photos and exemplars. */
    public static final int MAX_SIDE = 768;
    private static final int MULTIPLE = 32;

    private final Path file;
    private final OrtSession session;
    private final List<String> inputs;
    /** Small enough to keep many. */
    private final List<Image> exemplars;

    /** An input of the network: 3 x height x width. */
    private record Planes(int width, int height, float[] values) {
        static Planes of(Image image) {
            Image resized = fit(image);
            int pixels = resized.width() * resized.height();
            float[] values = new float[3 * pixels];
            for (int i = 0; i < values.length; i++) {
                values[i] = (resized.rgb()[3 * (i % pixels) + i / pixels] & 0xff) / 255f;
            }
            return new Planes(resized.width(), resized.height(), values);
        }

        /** The image in a size that the network takes. */
        static Image fit(Image image) {
            double scale = Math.min(1, MAX_SIDE / (double) Math.max(image.width(), image.height()));
            return ImageResizer.resize(image, side(image.width() * scale), side(image.height() * scale));
        }

        private static int side(double length) {
            return Math.max(MULTIPLE, (int) Math.round(length / MULTIPLE) * MULTIPLE);
        }

        Image image() {
            int pixels = width * height;
            byte[] rgb = new byte[3 * pixels];
            for (int i = 0; i < values.length; i++) {
                rgb[3 * (i % pixels) + i / pixels] = (byte) Math.round(255 * Math.max(0, Math.min(1, values[i])));
            }
            return new Image(width, height, rgb);
        }

        OnnxTensor tensor() throws OrtException {
            return OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), FloatBuffer.wrap(values),
                    new long[] {1, 3, height, width});
        }
    }

    private NetworkStyliser(Path file, OrtSession session, List<Image> exemplars) {
        this.file = file;
        this.session = session;
        this.inputs = List.copyOf(session.getInputNames());
        this.exemplars = exemplars;
    }

    /**
     * Loads a network.
     *
     * @param exemplars one of which, chosen by the seed, goes into the second input; not used where there is none
     * @throws IOException when the file is no network of one or two inputs, or of two and there are no exemplars
     */
    public static NetworkStyliser load(Path file, Iterable<Image> exemplars) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw Files.exists(file) ? new IOException(file + ": is no file: name an .onnx file")
                    : new NoSuchFileException(file.toString());
        }
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            OrtSession session = OrtEnvironment.getEnvironment().createSession(file.toString(), options);
            List<Image> styles = new ArrayList<>();
            if (session.getNumInputs() == 2) {
                exemplars.forEach(exemplar -> styles.add(Planes.fit(exemplar)));
            }
            if (session.getNumInputs() > 2 || session.getNumOutputs() < 1
                    || session.getNumInputs() == 2 && styles.isEmpty()) {
                String found = session.getNumInputs() + " inputs and " + session.getNumOutputs() + " outputs";
                session.close();
                throw new IOException(file + ": has " + found + ": a photo in and a photo out are needed, or photo and"
                        + " exemplar in, with --exemplars");
            }
            return new NetworkStyliser(file, session, styles);
        } catch (OrtException e) {
            throw new IOException(file + ": ONNX Runtime cannot load it (" + e.getMessage() + "): is it a whole .onnx"
                    + " file?", e);
        }
    }

    @Override
    public Image stylise(Image photo, long seed) {
        Planes content = Planes.of(photo);
        Map<String, OnnxTensor> given = new HashMap<>();
        try {
            given.put(inputs.get(0), content.tensor());
            if (inputs.size() == 2) {
                Image exemplar = exemplars.get(new SplittableRandom(seed).nextInt(exemplars.size()));
                given.put(inputs.get(1), Planes.of(exemplar).tensor());
            }
            try (OrtSession.Result result = session.run(given)) {
                return GuidedChange.apply(photo, content.image(), output(result, content).image());
            }
        } catch (OrtException e) {
            throw new IllegalArgumentException(file + ": does not run on a photo of " + content.width() + "x"
                    + content.height() + " pixels (" + e.getMessage() + ")", e);
        } finally {
            given.values().forEach(OnnxTensor::close);
        }
    }

    private Planes output(OrtSession.Result result, Planes content) {
        if (!(result.get(0) instanceof OnnxTensor tensor) || tensor.getFloatBuffer() == null
                || tensor.getFloatBuffer().remaining() != content.values().length) {
            throw new IllegalArgumentException(file + ": gives " + result.get(0).getInfo() + ", a float tensor 1 x 3 x "
                    + content.height() + " x " + content.width() + " is needed");
        }
        float[] values = new float[content.values().length];
        tensor.getFloatBuffer().get(values);
        return new Planes(content.width(), content.height(), values);
    }

    /** Frees the network. */
    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException(file + ": " + e.getMessage(), e);
        }
    }
}
