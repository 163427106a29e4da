package org.tiepoint.dataset.pairs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.dataset.DatasetException;
import org.tiepoint.dataset.PosedCollection;
import org.tiepoint.dataset.PosedImage;
import org.tiepoint.dataset.SparsePoints;
import org.tiepoint.geometry.Camera;
import org.tiepoint.geometry.Pose;
import org.tiepoint.retrieval.CosineIndex;

class PairGeneratorsTest {
    @TempDir
    Path folder;

    private static List<String> names(int n) {
        return IntStream.range(0, n).mapToObj(i -> "i" + i).toList();
    }

    private static NamePair pair(int first, int second) {
        return new NamePair("i" + first, "i" + second);
    }

    /** Directions in a plane, so many degrees from the first axis. */
    private static CosineIndex directions(double... degrees) {
        Map<String, float[]> descriptors = new LinkedHashMap<>();
        for (int i = 0; i < degrees.length; i++) {
            double a = Math.toRadians(degrees[i]);
            descriptors.put("i" + i, new float[] {(float) Math.cos(a), (float) Math.sin(a)});
        }
        return new CosineIndex(descriptors);
    }

    /** n images in one place; image p of each row of tracks sees point p. */
    private static PosedCollection scene(int n, int[]... tracks) {
        Camera camera = Camera.pinhole(64, 48, 50, 50, 31.5, 23.5);
        Pose pose = new Pose(new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, new double[3]);
        List<PosedImage> images = IntStream.range(0, n)
                .mapToObj(i -> new PosedImage("i" + i, Path.of("i" + i), camera, pose)).toList();
        return new PosedCollection("test", images, List.of(),
                Optional.of(new SparsePoints(new double[3 * tracks.length], tracks)));
    }

    @Test
    void noneAndOneImageHaveNoPairs() throws IOException {
        Path list = Files.writeString(folder.resolve("list.txt"), "");
        for (int n = 0; n < 2; n++) {
            CosineIndex index = directions(new double[n]);
            for (PairGenerator generator : List.of(new ExhaustivePairs(),
                    new SequentialPairs(SequentialPairs.Options.defaults(), index),
                    new RetrievalPairs(index, RetrievalPairs.Options.defaults()),
                    new PosePairs(scene(n), PosePairs.Options.defaults()), ListedPairs.read(list))) {
                assertEquals(List.of(), generator.pairs(names(n)), generator.getClass().getSimpleName());
            }
        }
    }

    @Test
    void aNameThatComesTwiceIsRefused() {
        for (PairGenerator generator : List.of(new ExhaustivePairs(),
                new SequentialPairs(SequentialPairs.Options.defaults()))) {
            assertTrue(assertThrows(IllegalArgumentException.class, () -> generator.pairs(List.of("a", "b", "a")))
                    .getMessage().contains("image a is listed twice"));
        }
    }

    @Test
    void exhaustive() {
        assertEquals(List.of(pair(0, 1), pair(0, 2), pair(0, 3), pair(1, 2), pair(1, 3), pair(2, 3)),
                new ExhaustivePairs().pairs(names(4)));
        assertThrows(IllegalArgumentException.class, () -> new ExhaustivePairs().pairs(names(5001)));
    }

    @Test
    void sequentialTakesTheFollowingOnes() {
        SequentialPairs.Options two = new SequentialPairs.Options(2, false, 1, 1, -1);
        assertEquals(List.of(pair(0, 1), pair(0, 2), pair(1, 2), pair(1, 3), pair(2, 3)),
                new SequentialPairs(two).pairs(names(4)));
    }

    @Test
    void quadraticOverlapAddsPowersOfTwo() {
        SequentialPairs.Options three = new SequentialPairs.Options(3, true, 1, 1, -1);
        List<NamePair> pairs = new SequentialPairs(three).pairs(names(10));
        // distances 1, 2, 3 and 4: 9 + 8 + 7 + 6
        assertEquals(30, pairs.size());
        assertTrue(pairs.contains(pair(5, 9)));
        assertFalse(pairs.contains(pair(4, 9)));
    }

    @Test
    void loopsAreClosedBeyondTheOverlap() {
        // the camera comes back to its start: 5 looks like 0 and 4 like 1
        CosineIndex index = directions(0, 40, 80, 120, 41, 1);
        SequentialPairs.Options options = new SequentialPairs.Options(1, false, 5, 1, 0.99);
        List<NamePair> pairs = new SequentialPairs(options, index).pairs(names(6));
        assertEquals(List.of(pair(0, 1), pair(1, 2), pair(2, 3), pair(3, 4), pair(4, 5), pair(0, 5)), pairs);
        SequentialPairs.Options each = new SequentialPairs.Options(1, false, 1, 1, 0.99);
        assertEquals(Set.of(pair(0, 5), pair(1, 4)), minus(new SequentialPairs(each, index).pairs(names(6)),
                new SequentialPairs(each).pairs(names(6))));
    }

    private static Set<NamePair> minus(List<NamePair> all, List<NamePair> less) {
        Set<NamePair> left = new HashSet<>(all);
        left.removeAll(less);
        return left;
    }

    @Test
    void retrievalTakesTheTopAndNotTheImageItself() throws IOException {
        CosineIndex index = directions(0, 10, 35, 90);
        assertEquals(List.of(pair(0, 1), pair(1, 2), pair(2, 3)),
                new RetrievalPairs(index, new RetrievalPairs.Options(1, -1)).pairs(names(4)));
        assertEquals(List.of(pair(0, 1), pair(1, 2)),
                new RetrievalPairs(index, new RetrievalPairs.Options(1, 0.9)).pairs(names(4)));
        assertEquals(6, new RetrievalPairs(index, new RetrievalPairs.Options(3, -1)).pairs(names(4)).size());
    }

    @Test
    void imagesOfTheIndexThatAreNotAskedForTakeNoPlace() throws IOException {
        CosineIndex index = directions(0, 10, 35, 90);
        assertEquals(List.of(new NamePair("i0", "i3")),
                new RetrievalPairs(index, new RetrievalPairs.Options(1, -1)).pairs(List.of("i0", "i3")));
    }

    @Test
    void posesRankBySharedPoints() throws IOException {
        // 0 and 1 share three points, 0 and 2 one, 1 and 2 one, 3 is alone
        PosedCollection scene = scene(4, new int[] {0, 1}, new int[] {0, 1}, new int[] {0, 1, 2}, new int[] {2},
                new int[] {3});
        assertEquals(List.of(pair(0, 1), pair(0, 2)),
                new PosePairs(scene, new PosePairs.Options(1, 0.1)).pairs(names(4)));
        assertEquals(List.of(pair(0, 1), pair(0, 2), pair(1, 2)),
                new PosePairs(scene, new PosePairs.Options(3, 0.1)).pairs(names(4)));
        assertEquals(List.of(pair(0, 1)), new PosePairs(scene, new PosePairs.Options(3, 0.6)).pairs(names(4)));
    }

    @Test
    void aSceneOfOtherImagesIsRefused() {
        PosedCollection scene = scene(2, new int[] {0, 1});
        assertTrue(assertThrows(DatasetException.class, () -> new PosePairs(scene, PosePairs.Options.defaults())
                .pairs(List.of("a", "b"))).getMessage().contains("give the scene's own photos"));
    }

    @Test
    void aListIsCheckedAgainstTheImages() throws IOException {
        Path list = Files.writeString(folder.resolve("list.txt"), "# ours\ni2 i0\n\ni0 i2\r\n i1\ti2 0.5\n");
        assertEquals(List.of(pair(0, 2), pair(1, 2)), ListedPairs.read(list).pairs(names(3)));
        String message = assertThrows(DatasetException.class, () -> ListedPairs.read(list).pairs(names(2)))
                .getMessage();
        assertTrue(message.contains("list.txt") && message.contains("'i2'"), message);
    }
}
