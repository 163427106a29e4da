package org.tiepoint.dataset.preparation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.tiepoint.dataset.CapsReader;
import org.tiepoint.dataset.DatasetException;
import org.tiepoint.dataset.DepthRange;
import org.tiepoint.dataset.DropReason;
import org.tiepoint.dataset.ImagePair;
import org.tiepoint.dataset.LoadedView;
import org.tiepoint.dataset.PairSelection;
import org.tiepoint.dataset.PairSelector;
import org.tiepoint.dataset.PosedCollection;
import org.tiepoint.dataset.PosedImage;
import org.tiepoint.dataset.PosedImageLoader;
import org.tiepoint.geometry.Camera;
import org.tiepoint.image.Image;
import org.tiepoint.image.ImageException;
import org.tiepoint.image.ImageResizer;
import org.tiepoint.image.ImageWriter;
import org.tiepoint.task.Workers;

/** One scene of a {@link Preparation}. */
final class ScenePreparation {
    private final Preparation.Options options;
    private final PosedCollection scene;
    private final String name;
    private final Workers workers;
    private final Preparation.Listener listener;
    private final Path aligned;
    private final List<String> photoNames;

    /** A photo that was written, or why it could not be read. */
    private record Photo(Optional<Camera> camera, String problem) {}

    ScenePreparation(Preparation.Options options, PosedCollection scene, String name, Workers workers,
            Preparation.Listener listener) {
        this.options = options;
        this.scene = scene;
        this.name = name;
        this.workers = workers;
        this.listener = listener;
        this.aligned = options.out().resolve(name).resolve("dense0").resolve("aligned");
        this.photoNames = photoNames(scene.images(), options.format().ending());
    }

    SceneReport run() throws IOException {
        String photosKey = photosKey();
        String pairsKey = pairsKey(photosKey);
        Optional<PreparedState> before = PreparedState.read(aligned);
        Path cameras = aligned.resolve(CapsReader.CAMERAS);
        if (before.isPresent() && before.get().pairsKey().equals(pairsKey) && before.get().report().isPresent()
                && Files.exists(cameras)) {
            listener.finished(before.get().report().get(), true);
            return before.get().report().get();
        }
        Files.createDirectories(aligned.resolve("images"));
        Files.deleteIfExists(cameras);
        boolean reuse = before.isPresent() && before.get().photosKey().equals(photosKey);
        new PreparedState(photosKey, pairsKey, Optional.empty()).write(aligned);
        SceneReport report = prepare(reuse);
        new PreparedState(photosKey, pairsKey, Optional.of(report)).write(aligned);
        listener.finished(report, false);
        return report;
    }

    private SceneReport prepare(boolean reuse) throws IOException {
        int n = scene.images().size();
        List<Photo> photos = workers.run(n, i -> () -> photo(i, reuse),
                done -> listener.progress(name, Preparation.Stage.PHOTOS, done, n));
        List<CapsWriter.Entry> entries = new ArrayList<>();
        int[] places = new int[n];
        for (int i = 0; i < n; i++) {
            places[i] = photos.get(i).camera().isPresent() ? entries.size() : -1;
            if (places[i] < 0) {
                listener.warning(name + ": left out, " + photos.get(i).problem());
            } else {
                entries.add(new CapsWriter.Entry(photoNames.get(i), photos.get(i).camera().get(),
                        scene.images().get(i).pose()));
            }
        }
        if (entries.isEmpty()) {
            throw new DatasetException(options.out().resolve(name), "", "none of the scene's " + n
                    + " photos can be read, the first: " + photos.get(0).problem());
        }
        DepthRange depths = DepthRange.of(scene);
        PairSelection selection = new PairSelector(options.pairs()).select(scene, depths);
        Map<DropReason, Long> dropped = new EnumMap<>(DropReason.class);
        dropped.putAll(selection.dropped());
        List<ImagePair> kept = new ArrayList<>(selection.kept());
        drop(kept, pair -> places[pair.first()] < 0 || places[pair.second()] < 0, DropReason.PHOTO_UNREADABLE,
                dropped);
        int verified = options.verify() ? kept.size() : 0;
        int undecided = 0;
        if (options.verify()) {
            Map<ImagePair, PairCheck.Verdict> verdicts = verify(kept);
            undecided = (int) verdicts.values().stream().filter(v -> v == PairCheck.Verdict.UNDECIDED).count();
            drop(kept, pair -> verdicts.get(pair) == PairCheck.Verdict.CONTRADICTED, DropReason.CONTRADICTED,
                    dropped);
        }
        List<ImagePair> written = kept.stream()
                .map(pair -> new ImagePair(places[pair.first()], places[pair.second()])).toList();
        CapsWriter.write(aligned, entries, written, depths);
        return new SceneReport(name, entries.size(), n - entries.size(), kept.size(), selection.considered(), dropped,
                verified, undecided);
    }

    private static void drop(List<ImagePair> pairs, Predicate<ImagePair> condition,
            DropReason reason, Map<DropReason, Long> dropped) {
        int before = pairs.size();
        pairs.removeIf(condition);
        if (before > pairs.size()) {
            dropped.merge(reason, (long) before - pairs.size(), Long::sum);
        }
    }

    private Map<ImagePair, PairCheck.Verdict> verify(List<ImagePair> pairs) throws IOException {
        PairVerifier verifier = new PairVerifier(PairVerifier.Options.defaults());
        ViewFeatures views = new ViewFeatures(scene, verifier);
        List<PairCheck> checks = workers.run(pairs.size(), i -> () -> {
            ImagePair pair = pairs.get(i);
            ViewFeatures.View first = views.get(pair.first());
            ViewFeatures.View second = views.get(pair.second());
            return verifier.check(first.features(), first.camera(), scene.images().get(pair.first()).pose(),
                    second.features(), second.camera(), scene.images().get(pair.second()).pose());
        }, done -> listener.progress(name, Preparation.Stage.VERIFICATION, done, pairs.size()));
        Map<ImagePair, PairCheck.Verdict> verdicts = new HashMap<>();
        for (int i = 0; i < pairs.size(); i++) {
            verdicts.put(pairs.get(i), checks.get(i).verdict());
        }
        return verdicts;
    }

    /** Undistorts, resizes and writes a photo, unless an earlier run did. */
    private Photo photo(int place, boolean reuse) throws IOException {
        PosedImage posed = scene.images().get(place);
        Path target = aligned.resolve("images").resolve(photoNames.get(place));
        LoadedView view;
        try {
            if (reuse && Files.exists(target)) {
                return new Photo(Optional.of(fitted(PosedImageLoader.camera(posed))), "");
            }
            view = PosedImageLoader.load(posed);
        } catch (ImageException | DatasetException e) {
            return new Photo(Optional.empty(), e.getMessage());
        }
        Camera camera = fitted(view.camera());
        Image image = ImageResizer.resize(view.image(), camera.width(), camera.height());
        if (options.format() == Preparation.PhotoFormat.PNG) {
            ImageWriter.writePng(image, target);
        } else {
            ImageWriter.writeJpeg(image, target);
        }
        return new Photo(Optional.of(camera), "");
    }

    private Camera fitted(Camera camera) {
        int side = Math.max(camera.width(), camera.height());
        if (options.maxSide() == 0 || side <= options.maxSide()) {
            return camera;
        }
        double scale = (double) options.maxSide() / side;
        return camera.resizedTo((int) Math.max(1, Math.round(camera.width() * scale)),
                (int) Math.max(1, Math.round(camera.height() * scale)));
    }

    private String photosKey() {
        int hash = 17;
        for (PosedImage image : scene.images()) {
            hash = 31 * hash + image.file().toAbsolutePath().normalize().hashCode();
            hash = 31 * hash + image.camera().model().name().hashCode();
            hash = 31 * hash + image.camera().width();
            hash = 31 * hash + image.camera().height();
            hash = 31 * hash + Arrays.hashCode(image.camera().parameters());
        }
        return options.format() + " " + options.maxSide() + " " + scene.images().size() + " "
                + Integer.toHexString(hash);
    }

    private String pairsKey(String photosKey) {
        int hash = scene.pairs().hashCode();
        for (PosedImage image : scene.images()) {
            hash = 31 * hash + Arrays.hashCode(image.pose().rotation());
            hash = 31 * hash + Arrays.hashCode(image.pose().translation());
        }
        return photosKey + " " + options.pairs() + " " + options.verify() + " " + Integer.toHexString(hash);
    }

    /** File names without folders that all photos share, folders and blanks made underscores, each once. */
    static List<String> photoNames(List<PosedImage> images, String ending) {
        List<String> names = images.stream().map(PosedImage::name).toList();
        String shared = names.get(0).substring(0, names.get(0).lastIndexOf('/') + 1);
        while (!shared.isEmpty() && !allStartWith(names, shared)) {
            shared = shared.substring(0, shared.lastIndexOf('/', shared.length() - 2) + 1);
        }
        Set<String> taken = new HashSet<>();
        List<String> result = new ArrayList<>();
        for (String full : names) {
            String rest = full.substring(shared.length()).replaceAll("[\\s/\\\\]", "_").replaceAll("^\\.", "_");
            int dot = rest.lastIndexOf('.');
            String stem = dot > 0 ? rest.substring(0, dot) : rest;
            String unique = stem + "." + ending;
            for (int i = 2; !taken.add(unique); i++) {
                unique = stem + "-" + i + "." + ending;
            }
            result.add(unique);
        }
        return result;
    }

    private static boolean allStartWith(List<String> names, String prefix) {
        return names.stream().allMatch(candidate -> candidate.startsWith(prefix));
    }
}
