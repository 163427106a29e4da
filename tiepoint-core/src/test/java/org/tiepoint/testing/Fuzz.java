package org.tiepoint.testing;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/**
 * Reads damaged copies of a good file: bytes and whole numbers changed, parts cut out, doubled, swapped or zeroed. A
 * reader may give wrong numbers, or throw the one kind of exception that it documents, naming the file. It may not throw
 * anything else, take long, or allocate much. -Dtiepoint.fuzz=N asks for N copies instead of the few that CI can afford.
 */
public final class Fuzz {
    private static final long[] NUMBERS = {0, 1, -1, 2, 127, 128, 255, 256, 32_767, 65_535, 1 << 20, 1 << 24,
        1 << 30, Integer.MAX_VALUE, Integer.MIN_VALUE, 0xffff_fffeL, 1L << 40, Long.MAX_VALUE, Long.MIN_VALUE};
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private final Class<? extends IOException> documented;
    private final long maxAllocated;
    private int read;
    private int refused;

    /** Reads a file. */
    @FunctionalInterface
    public interface Reader {
        /** Reads everything that there is. */
        void read(Path file) throws IOException;
    }

    /**
     * What is allowed.
     *
     * @param documented   what a reader may throw
     * @param maxAllocated bytes that reading one copy may allocate in this thread
     */
    public Fuzz(Class<? extends IOException> documented, long maxAllocated) {
        this.documented = documented;
        this.maxAllocated = maxAllocated;
    }

    /** How many damaged copies to read: this many, unless the property tiepoint.fuzz says. */
    public static int count(int usual) {
        return Integer.getInteger("tiepoint.fuzz", usual);
    }

    /** Reads damaged copies of the seeds in turn; prints how many were read and refused. */
    public void run(String name, List<byte[]> seeds, int count, Path folder, Reader reader) throws IOException {
        Random random = new Random(name.hashCode());
        Path file = folder.resolve("fuzz-" + name);
        for (int i = 0; i < count; i++) {
            byte[] damaged = seeds.get(i % seeds.size()).clone();
            for (int n = 1 + (int) Math.abs(random.nextGaussian() * 3); n > 0 && damaged.length > 0; n--) {
                damaged = damage(damaged, random);
            }
            Files.write(file, damaged);
            String what = name + " " + i;
            try {
                assertTimeoutPreemptively(LONGEST, () -> one(file, reader, what), what);
            } catch (AssertionError e) {
                Path kept = Files.write(Files.createTempFile("tiepoint-fuzz-" + name, ".bin"), damaged);
                throw new AssertionError(what + ", kept in " + kept + ": " + e.getMessage(), e);
            }
        }
        System.out.println("fuzz " + name + ": " + count + " damaged copies, " + read + " read, " + refused
                + " refused");
    }

    private void one(Path file, Reader reader, String what) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        try {
            reader.read(file);
            read++;
        } catch (IOException e) {
            refused++;
            assertTrue(documented.isInstance(e), () -> what + " threw " + e);
            String message = String.valueOf(e.getMessage());
            assertTrue(message.contains(file.getFileName().toString()), () -> what + " names no file: " + message);
            assertFalse(message.contains("\n") || message.length() > 1000, () -> what + " is no line: " + message);
        } catch (RuntimeException | Error e) {
            throw new AssertionError(what + " threw " + e, e);
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(allocated <= maxAllocated, () -> what + " allocated " + allocated + " bytes");
    }

    private static byte[] damage(byte[] bytes, Random random) {
        int at = random.nextInt(bytes.length);
        int length = Math.min(bytes.length - at, 1 + random.nextInt(random.nextInt(4) == 0 ? 4096 : 16));
        byte[] changed = bytes;
        switch (random.nextInt(8)) {
            case 0 -> changed[at] ^= (byte) (1 << random.nextInt(8));
            case 1, 2 -> changed[at] = (byte) random.nextInt(256);
            case 3, 4 -> number(changed, at, random);
            case 5 -> {
                changed = new byte[bytes.length - length];
                System.arraycopy(bytes, 0, changed, 0, at);
                System.arraycopy(bytes, at + length, changed, at, bytes.length - at - length);
            }
            case 6 -> System.arraycopy(bytes, at, changed, random.nextInt(bytes.length - length + 1), length);
            default -> {
                if (random.nextInt(4) == 0) {
                    return java.util.Arrays.copyOf(bytes, at);
                }
                java.util.Arrays.fill(changed, at, at + length, (byte) (random.nextBoolean() ? 0 : 255));
            }
        }
        return changed;
    }

    /** Writes a telling number of 1 to 8 bytes, in either order. */
    private static void number(byte[] bytes, int at, Random random) {
        long value = NUMBERS[random.nextInt(NUMBERS.length)];
        int size = 1 << random.nextInt(4);
        boolean big = random.nextInt(4) == 0;
        for (int i = 0; i < size && at + i < bytes.length; i++) {
            bytes[at + i] = (byte) (value >>> 8 * (big ? size - 1 - i : i));
        }
    }
}
