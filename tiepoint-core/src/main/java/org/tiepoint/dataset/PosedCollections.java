package org.tiepoint.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Opens folders of posed photos whatever their layout. A folder may be one scene or hold many, at any depth up to
 * {@value #MAX_DEPTH}: scenes come in the order of their paths, named after their folders.
 */
public final class PosedCollections {
    private static final int MAX_DEPTH = 8;

    /** The layouts in the order in which a folder is tried. */
    private static final List<Layout> LAYOUTS = List.of(
            new Layout("CAPS/MegaDepth: " + CapsReader.CAMERAS + " (in <scene>/dense*/aligned/)",
                    folder -> Files.exists(folder.resolve(CapsReader.CAMERAS)),
                    (folder, warnings) -> List.of(CapsReader.read(folder))),
            new Layout("COLMAP: cameras and images as .bin or .txt (in the folder, sparse/ or sparse/0/)",
                    folder -> !ColmapReader.models(folder).isEmpty(),
                    (folder, warnings) -> ColmapReader.readAll(folder)),
            new Layout("NeRF: " + String.join(" or ", TransformsJsonReader.FILES),
                    folder -> TransformsJsonReader.FILES.stream().anyMatch(f -> Files.exists(folder.resolve(f))),
                    (folder, warnings) -> List.of(TransformsJsonReader.read(folder, warnings))),
            new Layout("KITTI odometry: " + KittiReader.CALIBRATION + ", poses.txt and image_0, image_2 or image_l",
                    KittiReader::recognises, (folder, warnings) -> List.of(KittiReader.read(folder))),
            new Layout("7-Scenes: frame-N.pose.txt, or TUM RGB-D: " + RgbdReader.GROUND_TRUTH + " and "
                    + RgbdReader.RGB_LIST,
                    RgbdReader::recognises, (folder, warnings) -> List.of(RgbdReader.read(folder))));

    private record Layout(String lookedFor, Recogniser recogniser, Reader reader) {}

    @FunctionalInterface
    private interface Recogniser {
        boolean recognises(Path folder) throws IOException;
    }

    @FunctionalInterface
    private interface Reader {
        List<PosedCollection> read(Path folder, Consumer<String> warnings) throws IOException;
    }

    private PosedCollections() {}

    /** As {@link #open(Path, Consumer)}, with warnings on the standard error stream. */
    public static List<PosedCollection> open(Path folder) throws IOException {
        return open(folder, System.err::println);
    }

    /**
     * Reads every scene in a folder; photos themselves are not read.
     *
     * @param folder   a scene or a folder around scenes
     * @param warnings told, a line each, what was passed over (photos that a transforms.json lists and that are not
     *                 there)
     * @return at least one collection, each with its own name
     * @throws DatasetException when no layout is recognised (the message says what was looked for), or a scene cannot
     *                          be used
     */
    public static List<PosedCollection> open(Path folder, Consumer<String> warnings) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new DatasetException(folder, "", Files.exists(folder)
                    ? "is no folder: name the folder that holds the photos and their poses" : "is not there");
        }
        List<PosedCollection> found = new ArrayList<>();
        Set<String> names = new HashSet<>();
        collect(folder, folder, 0, warnings, found, names);
        if (found.isEmpty()) {
            throw new DatasetException(folder, "", "no posed photos recognised in it or the folders below; looked for "
                    + String.join("; ", LAYOUTS.stream().map(Layout::lookedFor).toList()));
        }
        return found;
    }

    private static void collect(Path root, Path folder, int depth, Consumer<String> warnings,
            List<PosedCollection> found, Set<String> names) throws IOException {
        for (Layout layout : LAYOUTS) {
            if (layout.recogniser().recognises(folder)) {
                for (PosedCollection collection : layout.reader().read(folder, warnings)) {
                    found.add(named(uniqueName(root, folder, collection.name(), names), collection));
                }
                return;
            }
        }
        if (depth < MAX_DEPTH) {
            List<Path> children;
            try (Stream<Path> entries = Files.list(folder)) {
                children = entries.filter(Files::isDirectory)
                        .filter(entry -> !entry.getFileName().toString().startsWith(".")).sorted().toList();
            }
            for (Path child : children) {
                collect(root, child, depth + 1, warnings, found, names);
            }
        }
    }

    /** The name, with its folders before it, then a number, where another scene has it already. */
    private static String uniqueName(Path root, Path folder, String name, Set<String> names) {
        String unique = name;
        if (names.contains(unique)) {
            unique = root.relativize(folder).toString().replace('\\', '/').replace('/', '-') + "-" + name;
        }
        for (int i = 2; names.contains(unique); i++) {
            unique = name + "-" + i;
        }
        names.add(unique);
        return unique;
    }

    private static PosedCollection named(String name, PosedCollection collection) {
        return name.equals(collection.name()) ? collection
                : new PosedCollection(name, collection.images(), collection.pairs(), collection.points(),
                        collection.depths());
    }
}
