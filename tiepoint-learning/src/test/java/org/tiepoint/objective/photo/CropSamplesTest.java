package org.tiepoint.objective.photo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.augment.ColourAugmentation;
import org.tiepoint.augment.CropPairMaker;
import org.tiepoint.augment.HomographyDraw;
import org.tiepoint.feature.DetectorName;
import org.tiepoint.feature.Keypoints;
import org.tiepoint.image.Image;
import org.tiepoint.image.ImageWriter;
import org.tiepoint.objective.TrainingData;
import org.tiepoint.recipe.PhotoData;
import org.tiepoint.recipe.Schedule;

class CropSamplesTest {
    private static final int SIDE = 32;
    private static final Schedule SCHEDULE = new Schedule(0.1, 10, 1, 1, 1);

    @TempDir
    Path folder;

    private final List<Photo> photos = new ArrayList<>();

    /** Forty photos of one scene, one each of four others. */
    @BeforeEach
    void writes() throws IOException {
        byte[] rgb = new byte[3 * 80 * 80];
        new SplittableRandom(1).nextBytes(rgb);
        Path file = folder.resolve("photo.png");
        ImageWriter.writePng(new Image(80, 80, rgb), file);
        for (int i = 0; i < 44; i++) {
            photos.add(new Photo("scene" + Math.max(0, i - 39), "photo" + i, file, Optional.empty()));
        }
    }

    private static PhotoData data(int maxSide) {
        return new PhotoData(maxSide, DetectorName.RANDOM, new CropPairMaker.Options(
                new HomographyDraw(SIDE, 1, 1, 1, 0), 20, 0, 0, 1, 0, ColourAugmentation.none()));
    }

    private CropSamples samples(int maxSide, Optional<StoredKeypoints> keypoints) {
        return new CropSamples(new TrainingData(List.of(), photos, keypoints, Optional.empty()), data(maxSide),
                SCHEDULE, 5);
    }

    private static List<CropSample> made(CropSamples samples, long step, int batch) throws Exception {
        List<CropSample> made = new ArrayList<>();
        for (Callable<CropSample> sample : samples.of(step, batch, place -> new int[0])) {
            made.add(sample.call());
        }
        return made;
    }

    @Test
    void photosOfABatchAreOfDifferentScenesWhereThereAreSuch() throws Exception {
        CropSamples samples = samples(640, Optional.empty());
        List<String> scenes = samples.training().stream().map(Photo::scene).distinct().toList();
        int repeated = 0;
        for (int step = 0; step < 50; step++) {
            Set<String> drawn = new HashSet<>();
            for (CropSample sample : made(samples, step, 2)) {
                String scene = photos.stream().filter(photo -> photo.name().equals(sample.name())).findFirst()
                        .orElseThrow().scene();
                repeated += drawn.add(scene) ? 0 : 1;
            }
        }
        // without looking at scenes nine of ten batches would repeat the large one; twenty draws miss the others at times
        assertTrue(scenes.size() > 2 && repeated < 20, scenes + ", " + repeated + " repeated");
    }

    @Test
    void aStepHasTheSameSamplesAgain() throws Exception {
        CropSamples samples = samples(640, Optional.empty());
        CropSample first = made(samples, 3, 2).get(1);
        CropSample again = made(samples, 3, 2).get(1);
        assertEquals(first.name(), again.name());
        assertArrayEquals(first.pair().first().image().rgb(), again.pair().first().image().rgb());
        assertFalse(Arrays.equals(first.pair().first().image().rgb(),
                made(samples, 4, 2).get(1).pair().first().image().rgb()));
        assertArrayEquals(samples.heldOut(0).pair().second().image().rgb(),
                samples.heldOut(0).pair().second().image().rgb());
    }

    @Test
    void aSimilarPhotoGivesTheNegative() throws Exception {
        CropSamples samples = samples(640, Optional.empty());
        CropSample sample = samples.of(0, 1, place -> new int[] {7}).get(0).call();
        assertEquals(SIDE, sample.negative().orElseThrow().image().width());
        assertTrue(sample.negative().orElseThrow().count() > 0);
        assertTrue(made(samples, 0, 1).get(0).negative().isEmpty());
    }

    /** A photo that is reduced takes its key points with it: the homography without zoom or turn moves them alone. */
    @Test
    void givenKeyPointsFollowTheReducedPhoto() throws Exception {
        float[] xy = new float[2 * 80 * 80];
        for (int i = 0; i < 80 * 80; i++) {
            xy[2 * i] = i % 80;
            xy[2 * i + 1] = i / 80;
        }
        StoredKeypoints everyPixel = new StoredKeypoints() {
            @Override
            public Keypoints of(Photo photo) {
                return Keypoints.ofPositions(xy);
            }

            @Override
            public void close() {}
        };
        CropSample sample = made(samples(64, Optional.of(everyPixel)), 0, 1).get(0);
        float[] points = sample.pair().first().points();
        assertTrue(points.length > 2);
        // neighbouring pixels of the photo are 0.8 pixels apart in the crop
        double apart = (points[2] - points[0]) / 0.8;
        assertEquals(Math.round(apart), apart, 1e-3);
        assertTrue(Math.abs(apart) < 2.5 && Math.round(apart) != 0, "apart " + apart);
    }

    @Test
    void withoutPhotosThereIsNothingToTrainOn() {
        photos.clear();
        assertThrows(IllegalArgumentException.class, () -> samples(640, Optional.empty()));
    }
}
