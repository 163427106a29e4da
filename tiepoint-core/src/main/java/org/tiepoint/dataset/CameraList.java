package org.tiepoint.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.tiepoint.geometry.Camera;
import org.tiepoint.geometry.CameraModel;

/**
 * Intrinsics of images as the Aachen Day-Night benchmark and hloc list them: a line an image, {@code name MODEL width
 * height parameters...}, with COLMAP's lens models and its origin of pixels (0.5 is taken off the principal point).
 */
public final class CameraList {
    private CameraList() {}

    /**
     * Reads the list in the file's order.
     *
     * @throws DatasetException naming the line and the field that cannot be used, or an image that comes twice
     */
    public static Map<String, Camera> read(Path file) throws IOException {
        Map<String, Camera> cameras = new LinkedHashMap<>();
        try (TextRecords records = new TextRecords(file)) {
            for (Optional<TextRecord> next = records.next(); next.isPresent(); next = records.next()) {
                TextRecord record = next.get();
                record.requireAtLeast(5, "name MODEL width height parameters");
                String name = record.fields()[0];
                ImageFiles.requireNew(cameras.keySet(), record, name);
                cameras.put(name, camera(record));
            }
        }
        return cameras;
    }

    private static Camera camera(TextRecord record) throws DatasetException {
        String name = record.fields()[1];
        CameraModel model = Arrays.stream(CameraModel.values()).filter(m -> m.name().equals(name)).findFirst()
                .orElseThrow(() -> record.error(ColmapModel.unsupported(TextRecord.quoted(name))));
        int width = record.integer(2, "width");
        int height = record.integer(3, "height");
        int count = model.parameterNames().size();
        record.requireAtLeast(4 + count, "name MODEL width height " + String.join(" ", model.parameterNames()));
        try {
            return ColmapModel.camera(model, width, height, record.numbers(4, count, "parameter"));
        } catch (IllegalArgumentException e) {
            throw record.error(e.getMessage());
        }
    }
}
