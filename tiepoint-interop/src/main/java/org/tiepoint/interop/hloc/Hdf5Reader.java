package org.tiepoint.interop.hloc;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.exceptions.UnsupportedHdfException;
import io.jhdf.nio.FileChannelFromSeekableByteChannel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.tiepoint.dataset.DatasetException;

/**
 * Numbers from an HDF5 file, by jHDF: plain and chunked arrays, compressed or not, of any width and byte order. Whatever
 * a damaged file makes jHDF do ends in a DatasetException, and memory is bounded: what is not compressed is a part of
 * the file, what is may unfold to {@value #MAX_UNPACKED} bytes. Not safe for threads.
 */
final class Hdf5Reader implements AutoCloseable {
    private static final long MAX_UNPACKED = 1 << 28;
    private static final String REMEDY = "; copy or write the file again";

    private final Path path;
    private final HdfFile file;

    /** A sound file, but not one that is understood here. */
    private static final class UnusableException extends RuntimeException {
        private static final long serialVersionUID = 1;

        UnusableException(String message) {
            super(message);
        }
    }

    private Hdf5Reader(Path path, HdfFile file) {
        this.path = path;
        this.file = file;
    }

    /**
     * Opens a file.
     *
     * @throws DatasetException when there is none, or it is no HDF5 file
     */
    static Hdf5Reader open(Path path) throws DatasetException {
        if (Files.isDirectory(path)) {
            throw new DatasetException(path, "", "is a folder; give the .h5 file in it");
        }
        return guarded(path, "", () -> new Hdf5Reader(path, storage(path)));
    }

    /** Mapped as a whole where that is possible: no damaged length can then reach beyond the file. */
    private static HdfFile storage(Path path) {
        try {
            long size = Files.size(path);
            if (size > Integer.MAX_VALUE - 8) {
                return new HdfFile(new FileChannelFromSeekableByteChannel(Files.newByteChannel(path)));
            }
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
                return HdfFile.fromByteBuffer(channel.map(MapMode.READ_ONLY, 0, size));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Addresses of all groups that hold arrays (or nothing), by path without the first '/', and of arrays that lie
     * beside groups.
     *
     * @throws DatasetException also where the file has soft or external links, which have no address
     */
    Map<String, Long> leaves() throws DatasetException {
        return guarded(path, "", () -> {
            Map<String, Long> leaves = new TreeMap<>();
            collect(file, "", leaves, 0);
            return leaves;
        });
    }

    private void collect(Group group, String prefix, Map<String, Long> leaves, int depth) {
        if (depth > 100) {
            throw new UnusableException("groups are nested deeper than 100");
        }
        for (Node child : group) {
            String name = prefix + child.getName();
            if (child.isLink()) {
                throw new UnusableException(name + " is a soft or external link, which is not supported;"
                        + " copy the file with h5copy or h5py so that it holds the arrays themselves");
            }
            if (child instanceof Group below && isInner(below)) {
                collect(below, name + "/", leaves, depth + 1);
            } else {
                leaves.put(name, child.getAddress());
            }
        }
    }

    /** Holds groups and no arrays. */
    private static boolean isInner(Group group) {
        return !group.getChildren().isEmpty() && group.getChildren().values().stream().noneMatch(Dataset.class::isInstance);
    }

    /** Whether there is an array of that name in that group. */
    boolean has(String group, String name) throws DatasetException {
        return guarded(path, group, () -> find(group, name).isPresent());
    }

    /** The sizes of an array. */
    int[] shape(String group, String name) throws DatasetException {
        Dataset dataset = dataset(group, name);
        return guarded(path, group + "/" + name, dataset::getDimensions);
    }

    /** The numbers of an array, row-major, rounded to float32 where they are wider. */
    float[] floats(String group, String name) throws DatasetException {
        Dataset dataset = dataset(group, name);
        return guarded(path, group + "/" + name, () -> {
            Object data = data(dataset);
            if (data instanceof float[] same) {
                return same;
            }
            double[] wide = doubles(data);
            float[] values = new float[wide.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) wide[i];
            }
            return values;
        });
    }

    /** The numbers of an array of integers, row-major. */
    int[] ints(String group, String name) throws DatasetException {
        Dataset dataset = dataset(group, name);
        return guarded(path, group + "/" + name, () -> {
            double[] wide = doubles(data(dataset));
            int[] values = new int[wide.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = (int) wide[i];
                if (values[i] != wide[i]) {
                    throw new UnusableException("element " + i + " is " + wide[i] + ", expected a 32-bit integer");
                }
            }
            return values;
        });
    }

    /** A number attached to an array. */
    Optional<Double> attribute(String group, String name, String attribute) throws DatasetException {
        Dataset dataset = dataset(group, name);
        return guarded(path, group + "/" + name, () -> {
            Attribute found = dataset.getAttribute(attribute);
            return found != null && found.getSizeInBytes() <= 64 && found.getData() instanceof Number number
                    ? Optional.of(number.doubleValue()) : Optional.empty();
        });
    }

    @Override
    public void close() {
        file.close();
    }

    private Dataset dataset(String group, String name) throws DatasetException {
        Optional<Dataset> found = guarded(path, group, () -> find(group, name));
        return found.orElseThrow(() -> new DatasetException(path, group, "has no array " + name));
    }

    private Optional<Dataset> find(String group, String name) {
        Node node = file;
        for (String part : group.split("/")) {
            node = node instanceof Group parent ? parent.getChild(part) : null;
        }
        return node instanceof Group parent && parent.getChild(name) instanceof Dataset dataset ? Optional.of(dataset)
                : Optional.empty();
    }

    /** A flat array of primitive numbers. */
    private static Object data(Dataset dataset) {
        long count = dataset.getSize();
        if (count == 0) {
            return new float[0];
        }
        if (dataset.getDataType().getSize() > 8 || count < 0) {
            throw new UnusableException("has elements of " + dataset.getDataType().getSize()
                    + " bytes, expected numbers");
        }
        if (dataset instanceof ChunkedDataset chunked) {
            long chunk = dataset.getDataType().getSize();
            for (int size : chunked.getChunkDimensions()) {
                chunk = Math.multiplyExact(chunk, size);
            }
            if (Math.max(dataset.getSizeInBytes(), chunk) > MAX_UNPACKED || chunk <= 0) {
                throw new UnusableException("unfolds to " + dataset.getSizeInBytes() + " bytes in chunks of "
                        + chunk + ", more than " + MAX_UNPACKED + "; store it without compression");
            }
        }
        Object data = dataset.isScalar() ? dataset.getData() : dataset.getDataFlat();
        if (data == null || data instanceof Object[]) {
            throw new UnusableException("has a shape of " + Arrays.toString(dataset.getDimensions())
                    + " and no data, or elements that are no numbers");
        }
        return data;
    }

    private static double[] doubles(Object data) {
        if (data instanceof double[] same) {
            return same;
        }
        if (data instanceof float[] values) {
            double[] wide = new double[values.length];
            Arrays.setAll(wide, i -> values[i]);
            return wide;
        }
        if (data instanceof long[] values) {
            return Arrays.stream(values).asDoubleStream().toArray();
        }
        if (data instanceof int[] values) {
            return Arrays.stream(values).asDoubleStream().toArray();
        }
        if (data instanceof short[] values) {
            double[] wide = new double[values.length];
            Arrays.setAll(wide, i -> values[i]);
            return wide;
        }
        if (data instanceof byte[] values) {
            double[] wide = new double[values.length];
            Arrays.setAll(wide, i -> values[i]);
            return wide;
        }
        throw new UnusableException("has elements that are no numbers");
    }

    private static <T> T guarded(Path path, String where, Supplier<T> work) throws DatasetException {
        try {
            return work.get();
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof NoSuchFileException) {
                throw new DatasetException(path, "", "there is no such file; check the path");
            }
            throw new DatasetException(path, where, "cannot be read: " + reason(e));
        } catch (UnusableException e) {
            throw new DatasetException(path, where, e.getMessage());
        } catch (UnsupportedHdfException e) {
            throw new DatasetException(path, where, "uses a part of HDF5 that is not read here (" + reason(e)
                    + "); write it again without chunks, or for an older version (h5py: libver='v108')");
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError | InternalError e) {
            // jHDF reads damaged files into all of these; InternalError: a mapped file was cut by another process
            throw new DatasetException(path, where, "is no HDF5 file or a damaged one (" + reason(e) + ")" + REMEDY);
        }
    }

    /** What the innermost cause says, on one line. */
    private static String reason(Throwable thrown) {
        Throwable root = thrown;
        for (int i = 0; i < 20 && root.getCause() != null; i++) {
            root = root.getCause();
        }
        String message = root.getMessage() == null ? "" : root.getMessage().replaceAll("\\p{Cntrl}", " ");
        return message.isBlank() ? root.getClass().getSimpleName() : message.length() > 200 ? message.substring(0, 200)
                : message;
    }
}
