package org.tiepoint.checkpoint;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tiepoint.file.AtomicFile;

/** Writes .safetensors. */
final class SafeTensorsWriter {
    private static final ObjectMapper JSON = new ObjectMapper();

    private SafeTensorsWriter() {}

    static void write(SafeTensors contents, Path file) throws IOException {
        if (contents.tensors().containsKey("__metadata__")) {
            throw new IllegalArgumentException("a tensor cannot be called __metadata__");
        }
        List<Map.Entry<String, StoredTensor>> order = new ArrayList<>(contents.tensors().entrySet());
        order.sort(Comparator.comparingInt(e -> -e.getValue().dtype().bytes()));
        byte[] header = header(contents, order);
        int padded = (header.length + 7) / 8 * 8;
        AtomicFile.write(file, out -> {
            out.write(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(padded).array());
            out.write(header);
            out.write(" ".repeat(padded - header.length).getBytes(StandardCharsets.US_ASCII));
            for (Map.Entry<String, StoredTensor> e : order) {
                out.write(e.getValue().data());
            }
        });
    }

    private static byte[] header(SafeTensors contents, List<Map.Entry<String, StoredTensor>> order)
            throws IOException {
        Map<String, Long> begins = new HashMap<>();
        long position = 0;
        for (Map.Entry<String, StoredTensor> e : order) {
            begins.put(e.getKey(), position);
            position += e.getValue().data().length;
        }
        ObjectNode root = JSON.createObjectNode();
        if (!contents.metadata().isEmpty()) {
            ObjectNode metadata = root.putObject("__metadata__");
            contents.metadata().forEach(metadata::put);
        }
        contents.tensors().forEach((name, tensor) -> {
            ObjectNode node = root.putObject(name);
            node.put("dtype", tensor.dtype().name());
            node.putPOJO("shape", tensor.shape());
            long begin = begins.get(name);
            node.putArray("data_offsets").add(begin).add(begin + tensor.data().length);
        });
        return JSON.writeValueAsBytes(root);
    }
}
