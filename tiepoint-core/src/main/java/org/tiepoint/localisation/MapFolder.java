package org.tiepoint.localisation;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UTFDataFormatException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import org.tiepoint.dataset.DatasetException;
import org.tiepoint.dataset.PosedCollection;
import org.tiepoint.dataset.PosedImage;
import org.tiepoint.file.AtomicFile;
import org.tiepoint.geometry.Camera;
import org.tiepoint.geometry.Pose;
import org.tiepoint.retrieval.Vlad;

/**
 * Keeps a map in a folder: {@code map.json} (what it was made with), {@code map.points} (images, points, index) and
 * {@code features/}. Features are kept as they are made, so that a build which was broken off goes on from there. The
 * two binary forms are this program's own and may change between versions; a damaged file is made anew.
 */
public final class MapFolder {
    private static final String LETTERS = "TPMAP001";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Path folder;

    private MapFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Opens a folder, made where there is none.
     *
     * @param settings everything that the map follows from, by name
     * @throws DatasetException when the folder holds a map with other settings, naming the first that differs
     */
    public static MapFolder open(Path folder, Map<String, String> settings) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve("map.json");
        if (Files.exists(file)) {
            Map<String, String> there = read(file);
            for (Map.Entry<String, String> entry : settings.entrySet()) {
                String other = there.getOrDefault(entry.getKey(), "");
                if (!other.equals(entry.getValue())) {
                    throw new DatasetException(file, "", "the map here was made with " + entry.getKey() + " "
                            + (other.isEmpty() ? "unknown" : other) + ", not " + entry.getValue()
                            + ": name another folder for this one, or delete it");
                }
            }
        } else {
            byte[] text = MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(settings);
            AtomicFile.write(file, out -> out.write(text));
        }
        return new MapFolder(folder);
    }

    private static Map<String, String> read(Path file) throws IOException {
        try {
            return MAPPER.readValue(file.toFile(), new TypeReference<LinkedHashMap<String, String>>() {});
        } catch (JacksonException e) {
            throw new DatasetException(file, "", "is damaged (" + e.getOriginalMessage() + "): delete its folder, and"
                    + " the map is built again");
        }
    }

    /** A number that changes with the images' names, cameras and poses. */
    public static String fingerprint(PosedCollection collection) {
        CRC32 crc = new CRC32();
        for (PosedImage image : collection.images()) {
            String text = image.name() + image.camera().model() + Arrays.toString(image.camera().parameters())
                    + Arrays.toString(image.pose().rotation()) + Arrays.toString(image.pose().translation());
            crc.update(text.getBytes(StandardCharsets.UTF_8));
        }
        return collection.images().size() + " images, " + Long.toHexString(crc.getValue());
    }

    /** Where features are kept. */
    public FeatureStore features() throws IOException {
        return new FeatureFolder(folder.resolve("features"));
    }

    /** Keeps a map whose features are in this folder. */
    public void save(ReferenceMap map) throws IOException {
        CheckedFile.write(folder.resolve("map.points"), LETTERS, out -> {
            out.writeInt(map.images().size());
            for (int i = 0; i < map.images().size(); i++) {
                writeImage(out, map.images().get(i));
                CheckedFile.writeInts(out, map.points().pointOf()[i]);
                CheckedFile.writeFloats(out, map.globals()[i]);
            }
            out.writeInt(map.vlad().localDimension());
            CheckedFile.writeFloats(out, map.vlad().centres());
            out.writeInt(map.points().xyz().length);
            writeDoubles(out, map.points().xyz());
        });
    }

    /** The map that was kept; empty where there is none yet, or it is damaged. */
    public Optional<ReferenceMap> load() throws IOException {
        Path file = folder.resolve("map.points");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (DataInputStream in = CheckedFile.read(file, LETTERS)) {
            int n = CheckedFile.count(in);
            List<MapImage> images = new ArrayList<>();
            int[][] pointOf = new int[n][];
            float[][] globals = new float[n][];
            for (int i = 0; i < n; i++) {
                images.add(readImage(in));
                pointOf[i] = CheckedFile.readInts(in);
                globals[i] = CheckedFile.readFloats(in);
            }
            Vlad vlad = Vlad.of(in.readInt(), CheckedFile.readFloats(in));
            double[] xyz = readDoubles(in, CheckedFile.count(in));
            return Optional.of(new ReferenceMap(images, new MapPoints(xyz, pointOf), features(), vlad, globals));
        } catch (DatasetException | EOFException | UTFDataFormatException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static void writeImage(DataOutputStream out, MapImage image) throws IOException {
        Camera camera = image.camera();
        out.writeUTF(image.name());
        out.writeInt(camera.width());
        out.writeInt(camera.height());
        writeDoubles(out, new double[] {camera.fx(), camera.fy(), camera.cx(), camera.cy()});
        writeDoubles(out, image.pose().rotation());
        writeDoubles(out, image.pose().translation());
    }

    private static MapImage readImage(DataInputStream in) throws IOException {
        String name = in.readUTF();
        int width = in.readInt();
        int height = in.readInt();
        double[] k = readDoubles(in, 4);
        Camera camera = Camera.pinhole(width, height, k[0], k[1], k[2], k[3]);
        return new MapImage(name, camera, new Pose(readDoubles(in, 9), readDoubles(in, 3)));
    }

    private static void writeDoubles(DataOutputStream out, double[] values) throws IOException {
        for (double value : values) {
            out.writeDouble(value);
        }
    }

    private static double[] readDoubles(DataInputStream in, int count) throws IOException {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = in.readDouble();
        }
        return values;
    }
}
