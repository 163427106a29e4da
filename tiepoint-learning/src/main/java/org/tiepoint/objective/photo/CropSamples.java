package org.tiepoint.objective.photo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import org.tiepoint.augment.Crop;
import org.tiepoint.augment.CropPair;
import org.tiepoint.augment.CropPairMaker;
import org.tiepoint.augment.KeypointSource;
import org.tiepoint.augment.StylisedCopy;
import org.tiepoint.feature.Detector;
import org.tiepoint.geometry.Matrices;
import org.tiepoint.image.Image;
import org.tiepoint.image.ImageReader;
import org.tiepoint.image.ImageResizer;
import org.tiepoint.objective.TrainingData;
import org.tiepoint.objective.posed.StepSeed;
import org.tiepoint.recipe.PhotoData;
import org.tiepoint.recipe.Schedule;

/**
 * Makes HNDesc's samples of photos. The photos of a batch are of different scenes, as far as a few draws find such:
 * in-batch negatives must not show the same thing, which the released code leaves to the number of its scenes. Safe for
 * use by several threads.
 */
public final class CropSamples {
    /** Draws of a photo whose scene is not in the batch yet. */
    private static final int DRAWS = 20;

    private final List<Photo> training;
    private final List<Photo> heldOut;
    private final PhotoData data;
    private final Optional<StoredKeypoints> keypoints;
    private final CropPairMaker maker;
    private final Detector detector;
    private final long seed;

    /**
     * Splits the photos.
     *
     * @param schedule its share of held-out photos, and how many of them are used
     * @throws IllegalArgumentException when no photo is left to train on
     */
    public CropSamples(TrainingData available, PhotoData data, Schedule schedule, long seed) {
        this.data = data;
        this.seed = seed;
        this.keypoints = available.keypoints();
        this.maker = new CropPairMaker(data.crops());
        this.detector = data.detector().create();
        List<Photo> shuffled = new ArrayList<>(available.photos());
        Collections.shuffle(shuffled, new Random(seed));
        int held = schedule.heldOut(shuffled.size());
        heldOut = List.copyOf(shuffled.subList(0, Math.min(held, schedule.validationPairs())));
        training = List.copyOf(shuffled.subList(held, shuffled.size()));
        if (training.isEmpty()) {
            throw new IllegalArgumentException("no photo to train on: give a folder of photos");
        }
    }

    /** The photos to learn from. */
    public List<Photo> training() {
        return training;
    }

    /** How many photos are held out. */
    public int heldOut() {
        return heldOut.size();
    }

    /**
     * Tasks that make the samples of a step.
     *
     * @param step    counted from 0
     * @param batch   photos
     * @param similar the places, among {@link #training()}, of photos that look like the photo at a place
     */
    public List<Callable<CropSample>> of(long step, int batch, IntFunction<int[]> similar) {
        SplittableRandom random = new SplittableRandom(StepSeed.of(~seed, step, 0));
        List<Callable<CropSample>> samples = new ArrayList<>();
        Set<String> scenes = new HashSet<>();
        for (int i = 0; i < batch; i++) {
            int place = random.nextInt(training.size());
            for (int draw = 1; draw < DRAWS && scenes.contains(training.get(place).scene()); draw++) {
                place = random.nextInt(training.size());
            }
            Photo photo = training.get(place);
            scenes.add(photo.scene());
            int[] like = similar.apply(place);
            Optional<Photo> other = like.length == 0 ? Optional.empty()
                    : Optional.of(training.get(like[random.nextInt(like.length)]));
            long sampleSeed = StepSeed.of(seed, step, i);
            samples.add(() -> make(photo, other, sampleSeed));
        }
        return samples;
    }

    /** The i-th held-out photo, disturbed in the same way every time. */
    public CropSample heldOut(int i) throws IOException {
        return make(heldOut.get(i), Optional.empty(), StepSeed.of(seed, -1, i));
    }

    private CropSample make(Photo photo, Optional<Photo> other, long sampleSeed) throws IOException {
        Loaded loaded = load(photo);
        StylisedCopy copy = photo.copy().<StylisedCopy>map(file -> () -> Optional.of(ImageReader.read(file)))
                .orElse(StylisedCopy.NONE);
        CropPair pair = maker.make(loaded.image(), copy, loaded.source(), sampleSeed);
        Optional<Crop> negative = Optional.empty();
        if (other.isPresent()) {
            Loaded further = load(other.get());
            negative = Optional.of(maker.negative(further.image(), further.source(), ~sampleSeed));
        }
        return new CropSample(photo.name(), pair, negative);
    }

    /** A photo at the size it is cut from, and where its key points come from. */
    private record Loaded(Image image, KeypointSource source) {}

    private Loaded load(Photo photo) throws IOException {
        Image image = ImageReader.read(photo.file());
        double scale = Math.min(1, (double) data.maxSide() / Math.max(image.width(), image.height()));
        Image reduced = ImageResizer.resize(image, (int) Math.max(1, Math.round(image.width() * scale)),
                (int) Math.max(1, Math.round(image.height() * scale)));
        if (keypoints.isEmpty()) {
            return new Loaded(reduced, KeypointSource.detecting(detector));
        }
        double x = (double) reduced.width() / image.width();
        double y = (double) reduced.height() / image.height();
        double[] toReduced = {x, 0, (x - 1) / 2, 0, y, (y - 1) / 2, 0, 0, 1};
        KeypointSource given = KeypointSource.given(keypoints.get().of(photo));
        return new Loaded(reduced, (crop, fromPhoto, most) ->
                given.find(crop, Matrices.multiply(fromPhoto, toReduced), most));
    }

    /** How many photos there are. */
    public String summary() {
        long scenes = training.stream().map(Photo::scene).distinct().count();
        long stylised = training.stream().filter(photo -> photo.copy().isPresent()).count();
        return training.size() + " photos of " + scenes + " scenes, " + stylised + " of them stylised, "
                + heldOut.size() + " held out";
    }

    /** Tells these photos from others: how many there are, and a hash of their names and of which have copies. */
    public String fingerprint() {
        int hash = 1;
        for (List<Photo> part : List.of(training, heldOut)) {
            for (Photo photo : part) {
                hash = 31 * hash + Objects.hash(photo.name(), photo.copy().isPresent());
            }
        }
        return training.size() + " photos to train on, " + heldOut.size() + " held out, hash "
                + Integer.toHexString(hash);
    }
}
