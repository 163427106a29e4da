package org.tiepoint.interop.tensorboard;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes TensorBoard's event files: records of tensorflow.Event messages (event.proto and summary.proto), which
 * {@code tensorboard --logdir FOLDER} shows while they grow. Every event reaches the system in one write, so a process
 * that is killed leaves at most one cut record at the end, which TensorBoard skips.
 *
 * <p>A file is never written to by a second run: a run that goes on opens another file in the same folder with
 * {@link #resume}, and TensorBoard takes back what earlier files have from that step on. Safe for several threads.
 */
public final class EventWriter implements AutoCloseable {
    // Field numbers of event.proto
    private static final int EVENT_WALL_TIME = 1;
    private static final int EVENT_STEP = 2;
    private static final int EVENT_FILE_VERSION = 3;
    private static final int EVENT_SUMMARY = 5;
    private static final int EVENT_SESSION_LOG = 7;
    private static final int SESSION_LOG_STATUS = 1;
    private static final int STATUS_START = 1;
    // Field numbers of summary.proto
    private static final int SUMMARY_VALUE = 1;
    private static final int VALUE_TAG = 1;
    private static final int VALUE_SIMPLE_VALUE = 2;
    private static final int VALUE_IMAGE = 4;
    private static final int IMAGE_HEIGHT = 1;
    private static final int IMAGE_WIDTH = 2;
    private static final int IMAGE_COLORSPACE = 3;
    private static final int IMAGE_ENCODED = 4;
    private static final int COLORSPACE_RGB = 3;

    private static final AtomicLong COUNTER = new AtomicLong();

    private final Path file;
    private final FileChannel channel;
    private final Clock clock;

    /** Writes the fields of a message. */
    private interface Message {
        void writeTo(CodedOutputStream out) throws IOException;
    }

    private EventWriter(Path file, Clock clock) throws IOException {
        this.file = file;
        this.clock = clock;
        channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /**
     * Begins a run: makes a file {@code events.out.tfevents.SECONDS.HOST.PROCESS.NUMBER}.
     *
     * @param folder made where it is not there
     */
    public static EventWriter open(Path folder) throws IOException {
        return open(folder, Clock.systemUTC());
    }

    /**
     * Goes on with a run in a new file of the same folder.
     *
     * @param step first step that will be written: what earlier files have at this step or later is no longer shown
     */
    public static EventWriter resume(Path folder, long step) throws IOException {
        EventWriter writer = open(folder);
        writer.event(step, event -> event.writeByteArray(EVENT_SESSION_LOG,
                bytes(log -> log.writeEnum(SESSION_LOG_STATUS, STATUS_START))));
        return writer;
    }

    static EventWriter open(Path folder, Clock clock) throws IOException {
        Files.createDirectories(folder);
        String name = String.format(Locale.ROOT, "events.out.tfevents.%010d.%s.%d.%d",
                clock.instant().getEpochSecond(), host(), ProcessHandle.current().pid(), COUNTER.incrementAndGet());
        EventWriter writer = new EventWriter(folder.resolve(name), clock);
        writer.event(0, event -> event.writeString(EVENT_FILE_VERSION, "brain.Event:2"));
        return writer;
    }

    /** The file that is being written. */
    public Path file() {
        return file;
    }

    /**
     * Adds a point to a curve.
     *
     * @param tag   name of the curve; parts before a slash group curves, as in {@code loss/total}
     * @param step  training step
     * @param value may be NaN or infinite
     */
    public void scalar(String tag, long step, double value) throws IOException {
        summary(tag, step, out -> out.writeFloat(VALUE_SIMPLE_VALUE, (float) value));
    }

    /**
     * Adds a colour picture.
     *
     * @param tag    name of the picture; TensorBoard shows its steps under a slider
     * @param step   training step
     * @param png    an encoded PNG
     * @param width  its width in pixels
     * @param height its height in pixels
     */
    public void image(String tag, long step, byte[] png, int width, int height) throws IOException {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("a picture of " + width + "x" + height + " pixels; 1x1 is the least");
        }
        byte[] image = bytes(out -> {
            out.writeInt32(IMAGE_HEIGHT, height);
            out.writeInt32(IMAGE_WIDTH, width);
            out.writeInt32(IMAGE_COLORSPACE, COLORSPACE_RGB);
            out.writeByteArray(IMAGE_ENCODED, png);
        });
        summary(tag, step, out -> out.writeByteArray(VALUE_IMAGE, image));
    }

    /** Closes the file; everything is in it already. */
    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void summary(String tag, long step, Message content) throws IOException {
        byte[] value = bytes(out -> {
            out.writeString(VALUE_TAG, tag);
            content.writeTo(out);
        });
        byte[] summary = bytes(out -> out.writeByteArray(SUMMARY_VALUE, value));
        event(step, out -> out.writeByteArray(EVENT_SUMMARY, summary));
    }

    private synchronized void event(long step, Message content) throws IOException {
        Instant now = clock.instant();
        byte[] event = bytes(out -> {
            out.writeDouble(EVENT_WALL_TIME, now.getEpochSecond() + now.getNano() * 1e-9);
            if (step != 0) {
                out.writeInt64(EVENT_STEP, step);
            }
            content.writeTo(out);
        });
        ByteBuffer record = TensorFlowRecord.frame(event);
        try {
            while (record.hasRemaining()) {
                channel.write(record);
            }
        } catch (IOException e) {
            throw new IOException("cannot write " + file + ": "
                    + (e.getMessage() == null ? "it is closed" : e.getMessage()), e);
        }
    }

    private static byte[] bytes(Message message) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        message.writeTo(out);
        out.flush();
        return bytes.toByteArray();
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9-]", "_");
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
