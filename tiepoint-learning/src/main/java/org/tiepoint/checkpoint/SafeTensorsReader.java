package org.tiepoint.checkpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads .safetensors with the checks of the reference implementation: no overlap, no hole, nothing past the end. */
final class SafeTensorsReader {
    /** The reference implementation's limit. */
    private static final long MAX_HEADER_BYTES = 100_000_000;
    private static final String REMEDY = "; the file is damaged or no .safetensors file: copy or download it again";
    private static final ObjectMapper JSON = new ObjectMapper(
            JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private record Entry(String name, DType dtype, long[] shape, long begin, long end) {}

    private final Path file;

    private SafeTensorsReader(Path file) {
        this.file = file;
    }

    static SafeTensors read(Path file) throws CheckpointException {
        return new SafeTensorsReader(file).read();
    }

    private SafeTensors read() throws CheckpointException {
        try (FileChannel channel = FileChannel.open(file)) {
            if (Files.isDirectory(file)) {
                throw new CheckpointException(file, "", "is a folder; give the .safetensors file in it");
            }
            return read(channel);
        } catch (CheckpointException e) {
            throw e;
        } catch (NoSuchFileException e) {
            throw new CheckpointException(file, "", "there is no such file; check the path", e);
        } catch (IOException e) {
            throw CheckpointException.unreadable(file, "", e);
        }
    }

    private SafeTensors read(FileChannel channel) throws IOException {
        long size = channel.size();
        if (size < 8) {
            throw new CheckpointException(file, "", "has " + size + " bytes, too few for a header" + REMEDY);
        }
        long headerBytes = ByteBuffer.wrap(bytes(channel, 0, 8)).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (headerBytes < 2 || headerBytes > size - 8 || headerBytes > MAX_HEADER_BYTES) {
            throw new CheckpointException(file, "header", "its length is " + Long.toUnsignedString(headerBytes)
                    + " bytes in a file of " + size + REMEDY);
        }
        JsonNode header = parse(bytes(channel, 8, (int) headerBytes));
        long dataStart = 8 + headerBytes;
        Map<String, String> metadata = metadata(header);
        List<Entry> entries = entries(header, size - dataStart);
        checkLayout(entries, size - dataStart);
        Map<String, StoredTensor> tensors = new LinkedHashMap<>();
        for (Entry e : entries) {
            byte[] data = bytes(channel, dataStart + e.begin, (int) (e.end - e.begin));
            tensors.put(e.name, new StoredTensor(e.dtype, e.shape, data));
        }
        return new SafeTensors(tensors, metadata);
    }

    private byte[] bytes(FileChannel channel, long position, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw new CheckpointException(file, "", "ended while it was read" + REMEDY);
            }
        }
        return buffer.array();
    }

    private JsonNode parse(byte[] json) throws IOException {
        try {
            JsonNode header = JSON.readTree(json);
            if (!header.isObject()) {
                throw new CheckpointException(file, "header", "is no JSON object" + REMEDY);
            }
            return header;
        } catch (JsonProcessingException e) {
            throw new CheckpointException(file, "header", "bad JSON: " + e.getOriginalMessage() + REMEDY, e);
        }
    }

    private Map<String, String> metadata(JsonNode header) throws CheckpointException {
        Map<String, String> metadata = new LinkedHashMap<>();
        JsonNode node = header.path("__metadata__");
        if (!node.isMissingNode() && !node.isObject()) {
            throw new CheckpointException(file, "__metadata__", "is no JSON object" + REMEDY);
        }
        for (Map.Entry<String, JsonNode> e : node.properties()) {
            if (!e.getValue().isTextual()) {
                throw new CheckpointException(file, "__metadata__", "'" + e.getKey() + "' is no string" + REMEDY);
            }
            metadata.put(e.getKey(), e.getValue().textValue());
        }
        return metadata;
    }

    private List<Entry> entries(JsonNode header, long dataBytes) throws CheckpointException {
        List<Entry> entries = new ArrayList<>();
        for (Map.Entry<String, JsonNode> e : header.properties()) {
            if (!e.getKey().equals("__metadata__")) {
                entries.add(entry(e.getKey(), e.getValue(), dataBytes));
            }
        }
        return entries;
    }

    private Entry entry(String name, JsonNode node, long dataBytes) throws CheckpointException {
        DType dtype = dtype(name, node.path("dtype"));
        long[] shape = longs(name, "shape", node.path("shape"));
        long[] offsets = longs(name, "data_offsets", node.path("data_offsets"));
        if (offsets.length != 2 || offsets[0] > offsets[1] || offsets[1] > dataBytes) {
            throw error(name, "data_offsets " + node.path("data_offsets") + " do not lie in the file's " + dataBytes
                    + " bytes of data");
        }
        long length = offsets[1] - offsets[0];
        if (length > Integer.MAX_VALUE - 8) {
            throw new CheckpointException(file, where(name), "has " + length
                    + " bytes; a tensor of 2 GiB or more is not supported");
        }
        long needed;
        try {
            needed = Math.multiplyExact(StoredTensor.count(shape), dtype.bytes());
        } catch (ArithmeticException e) {
            needed = -1;
        }
        if (needed != length) {
            throw error(name, dtype + " of shape " + node.path("shape") + " does not fit its " + length + " bytes");
        }
        return new Entry(name, dtype, shape, offsets[0], offsets[1]);
    }

    private DType dtype(String name, JsonNode node) throws CheckpointException {
        for (DType dtype : DType.values()) {
            if (dtype.name().equals(node.textValue())) {
                return dtype;
            }
        }
        throw new CheckpointException(file, where(name), "dtype " + node + " is not supported; convert the tensor to "
                + "one of " + List.of(DType.values()));
    }

    private long[] longs(String name, String field, JsonNode node) throws CheckpointException {
        long[] values = new long[node.size()];
        boolean good = node.isArray();
        for (int i = 0; good && i < values.length; i++) {
            JsonNode value = node.get(i);
            values[i] = value.longValue();
            good = value.isIntegralNumber() && value.canConvertToLong() && values[i] >= 0;
        }
        if (!good) {
            throw error(name, field + " is no list of non-negative integers");
        }
        return values;
    }

    private void checkLayout(List<Entry> entries, long dataBytes) throws CheckpointException {
        List<Entry> sorted = new ArrayList<>(entries);
        sorted.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
        long position = 0;
        for (Entry e : sorted) {
            if (e.begin != position) {
                throw error(e.name, "starts at byte " + e.begin + " of the data, expected " + position
                        + (e.begin < position ? " (overlaps another tensor)" : " (a hole before it)"));
            }
            position = e.end;
        }
        if (position != dataBytes) {
            throw new CheckpointException(file, "data", "the header describes " + position + " bytes, the file has "
                    + dataBytes + REMEDY);
        }
    }

    private CheckpointException error(String name, String problem) {
        return new CheckpointException(file, where(name), problem + REMEDY);
    }

    private static String where(String name) {
        return "tensor '" + name + "'";
    }
}
