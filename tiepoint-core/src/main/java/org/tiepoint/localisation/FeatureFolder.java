package org.tiepoint.localisation;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.tiepoint.dataset.DatasetException;
import org.tiepoint.feature.Features;
import org.tiepoint.feature.Keypoints;

/** Keeps features in a folder, a file an image, and those used last in memory, up to 256 MiB of descriptors. */
final class FeatureFolder implements FeatureStore {
    private static final String LETTERS = "TPFEAT01";
    private static final long MOST_NUMBERS = 64L << 20;

    private final Path folder;
    private final Map<Integer, Features> recent = new LinkedHashMap<>(16, 0.75f, true);
    private long numbers;

    /** @param folder made where there is none */
    FeatureFolder(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    @Override
    public synchronized Optional<Features> find(int image) throws IOException {
        Features known = recent.get(image);
        if (known != null) {
            return Optional.of(known);
        }
        Path file = file(image);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            Features read = read(file);
            remember(image, read);
            return Optional.of(read);
        } catch (DatasetException e) {
            return Optional.empty(); // made anew, as after a crash
        }
    }

    @Override
    public synchronized void put(int image, Features features) throws IOException {
        Keypoints keypoints = features.keypoints();
        CheckedFile.write(file(image), LETTERS, out -> {
            CheckedFile.writeFloats(out, keypoints.xy());
            CheckedFile.writeFloats(out, keypoints.scores());
            CheckedFile.writeFloats(out, keypoints.sizes());
            CheckedFile.writeFloats(out, keypoints.angles());
            out.writeInt(features.dimension());
            CheckedFile.writeFloats(out, features.descriptors());
        });
        remember(image, features);
    }

    private static Features read(Path file) throws IOException {
        try (DataInputStream in = CheckedFile.read(file, LETTERS)) {
            Keypoints keypoints = new Keypoints(CheckedFile.readFloats(in), CheckedFile.readFloats(in),
                    CheckedFile.readFloats(in), CheckedFile.readFloats(in));
            return new Features(keypoints, in.readInt(), CheckedFile.readFloats(in));
        } catch (EOFException | IllegalArgumentException e) {
            throw CheckedFile.damaged(file, String.valueOf(e.getMessage()));
        }
    }

    private void remember(int image, Features features) {
        Features before = recent.put(image, features);
        numbers += features.descriptors().length - (before == null ? 0 : before.descriptors().length);
        for (Iterator<Features> oldest = recent.values().iterator(); numbers > MOST_NUMBERS && recent.size() > 2;) {
            numbers -= oldest.next().descriptors().length;
            oldest.remove();
        }
    }

    private Path file(int image) {
        return folder.resolve(String.format(Locale.ROOT, "%06d.features", image));
    }
}
