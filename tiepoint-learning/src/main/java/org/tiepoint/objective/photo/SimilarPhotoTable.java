package org.tiepoint.objective.photo;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tiepoint.augment.SimilarPhotos;
import org.tiepoint.image.Image;
import org.tiepoint.image.ImageReader;
import org.tiepoint.image.ImageResizer;
import org.tiepoint.network.ImageNormalisation;
import org.tiepoint.network.LocalBackbone;
import org.tiepoint.recipe.Mining;
import org.tiepoint.retrieval.GeneralisedMean;
import org.tiepoint.retrieval.GlobalDescriptor;
import org.tiepoint.tensor.NoGradient;
import org.tiepoint.tensor.Tensor;
import org.tiepoint.tensor.TensorScope;

/**
 * Which photos of other scenes look like each photo as a whole (HNDesc's coarse-to-fine mining), by the network in
 * training or by a given global descriptor. Looked up anew every so many steps; what was found at one time is used in
 * the period after the next time, because samples are made ahead, so in the first period there is nothing yet. Kept
 * in tensors that belong into the checkpoint, so that a resumed training draws the same negatives.
 *
 * <p>Departs from HNDesc, whose table is made once, before the training, by a retrieval network. Owns native memory
 * until {@link #close()}.
 */
public final class SimilarPhotoTable implements AutoCloseable {
    private static final double POWER = 3;
    private static final int MAX_SIDE = 320;
    private static final int NONE = -1;

    private final List<Photo> photos;
    private final Mining mining;
    private final Optional<GlobalDescriptor> given;
    /** Found in periods of even and of odd number: photos x most similar ones, -1 where there is none. */
    private final List<Tensor> found;

    /**
     * An empty table.
     *
     * @param given in place of the network in training; the table is then made once
     */
    public SimilarPhotoTable(List<Photo> photos, Mining mining, Optional<GlobalDescriptor> given) {
        this.photos = photos;
        this.mining = mining;
        this.given = given;
        try (TensorScope scope = new TensorScope()) {
            found = List.of(Tensor.full(NONE, photos.size(), mining.photos()).retain(),
                    Tensor.full(NONE, photos.size(), mining.photos()).retain());
        }
    }

    /** What a checkpoint keeps, by name. */
    public Map<String, Tensor> stored() {
        Map<String, Tensor> stored = new LinkedHashMap<>();
        stored.put("similar.even", found.get(0));
        stored.put("similar.odd", found.get(1));
        return stored;
    }

    /** The places of photos like each photo, for the samples of a step, counted from 0. */
    public int[][] at(long step) {
        long period = step / mining.every();
        int[][] rows = new int[photos.size()][];
        float[] places;
        try (TensorScope scope = new TensorScope()) {
            // period 0 reads the odd one, which nobody has written then
            places = found.get((int) Math.floorMod(period - 1, 2L)).toFloats();
        }
        for (int i = 0; i < rows.length; i++) {
            int[] row = new int[mining.photos()];
            int count = 0;
            for (int j = 0; j < row.length; j++) {
                int place = (int) places[i * row.length + j];
                if (place != NONE) {
                    row[count++] = place;
                }
            }
            rows[i] = Arrays.copyOf(row, count);
        }
        return rows;
    }

    /** Looks photos up, where it is time; takes a while. */
    public void update(LocalBackbone network, long step) throws IOException {
        if (step % mining.every() != 0) {
            return;
        }
        int slot = (int) (step / mining.every() % 2);
        if (given.isPresent() && step > 0) {
            found.get(slot).assign(found.get(1 - slot));
            return;
        }
        float[][] descriptors = new float[photos.size()][];
        for (int i = 0; i < descriptors.length; i++) {
            Image image = ImageReader.read(photos.get(i).file());
            descriptors[i] = given.isPresent() ? given.get().describe(image) : describe(network, image);
        }
        List<String> scenes = photos.stream().map(Photo::scene).toList();
        int[][] similar = SimilarPhotos.ofOtherScenes(descriptors,
                scenes.stream().mapToInt(scenes::indexOf).toArray(), mining.photos());
        float[] places = new float[photos.size() * mining.photos()];
        for (int i = 0; i < places.length; i++) {
            int[] row = similar[i / mining.photos()];
            int rank = i % mining.photos();
            places[i] = rank < row.length ? row[rank] : NONE;
        }
        try (TensorScope scope = new TensorScope()) {
            found.get(slot).assign(Tensor.of(places, photos.size(), mining.photos()));
        }
    }

    private static float[] describe(LocalBackbone network, Image image) {
        double scale = (double) MAX_SIDE / Math.max(image.width(), image.height());
        Image reduced = ImageResizer.resize(image, side(image.width() * scale), side(image.height() * scale));
        try (TensorScope scope = new TensorScope(); NoGradient noGradient = new NoGradient()) {
            Tensor map = network.overview(ImageNormalisation.batch(List.of(reduced))
                    .to(network.parameters().device()));
            return GeneralisedMean.pool(map.toFloats(), (int) map.size(1), POWER);
        }
    }

    /** The nearest multiple of 16. */
    private static int side(double length) {
        return Math.max(16, 16 * (int) Math.round(length / 16));
    }

    @Override
    public void close() {
        found.forEach(Tensor::release);
    }
}
