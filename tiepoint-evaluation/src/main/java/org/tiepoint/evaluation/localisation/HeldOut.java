package org.tiepoint.evaluation.localisation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.tiepoint.dataset.ImagePair;
import org.tiepoint.dataset.PosedCollection;
import org.tiepoint.dataset.PosedImage;
import org.tiepoint.dataset.SparsePoints;

/**
 * A scene with some of its photos left out, to be localised among the others.
 *
 * @param references the scene without the queries; points that only queries see are gone
 * @param queries    with their true poses
 */
public record HeldOut(PosedCollection references, List<PosedImage> queries) {
    public HeldOut {
        queries = List.copyOf(queries);
    }

    /**
     * Leaves out one photo of so many: the middle one of each group in the scene's order.
     *
     * @param every at least 2
     * @throws IllegalArgumentException when the scene has too few photos for a query and two references
     */
    public static HeldOut every(PosedCollection scene, int every) {
        if (every < 2) {
            throw new IllegalArgumentException("every is " + every + ": it must be at least 2, or no photo is left");
        }
        List<PosedImage> references = new ArrayList<>();
        List<PosedImage> queries = new ArrayList<>();
        int[] places = new int[scene.images().size()];
        for (int i = 0; i < places.length; i++) {
            boolean query = i % every == every / 2;
            places[i] = query ? -1 : references.size();
            (query ? queries : references).add(scene.images().get(i));
        }
        if (queries.isEmpty() || references.size() < 2) {
            throw new IllegalArgumentException("scene " + scene.name() + " has " + places.length + " photos: with one of "
                    + every + " left out there must be a query and two references");
        }
        List<ImagePair> pairs = scene.pairs().stream()
                .filter(pair -> places[pair.first()] >= 0 && places[pair.second()] >= 0)
                .map(pair -> new ImagePair(places[pair.first()], places[pair.second()])).toList();
        Optional<SparsePoints> points = scene.points().map(all -> reduced(all, places));
        return new HeldOut(new PosedCollection(scene.name(), references, pairs, points, scene.depths()), queries);
    }

    private static SparsePoints reduced(SparsePoints points, int[] places) {
        List<int[]> tracks = new ArrayList<>();
        double[] xyz = new double[points.xyz().length];
        for (int p = 0; p < points.count(); p++) {
            int[] track = Arrays.stream(points.tracks()[p]).map(image -> places[image]).filter(place -> place >= 0)
                    .toArray();
            if (track.length > 0) {
                System.arraycopy(points.xyz(), 3 * p, xyz, 3 * tracks.size(), 3);
                tracks.add(track);
            }
        }
        return new SparsePoints(Arrays.copyOf(xyz, 3 * tracks.size()), tracks.toArray(int[][]::new));
    }
}
