package org.tiepoint.model;

import java.io.IOException;
import java.nio.file.Path;
import org.tiepoint.image.Image;
import org.tiepoint.retrieval.GeneralisedMean;
import org.tiepoint.retrieval.GlobalDescriptor;

/**
 * A whole image by GeM pooling ({@link GeneralisedMean}, p 3) of a map that the descriptor network makes anyway. It was
 * not trained for retrieval: it finds overlapping photos of one scene, and is no match for NetVLAD or a GeM network
 * trained with landmarks. Safe for use by several threads, which take turns.
 */
public final class CapsGlobalDescriptor implements GlobalDescriptor {
    /** The longer side at which images are described. */
    public static final int MAX_SIDE = 640;
    private static final double POWER = 3;

    /** What is pooled. */
    public enum Source {
        /** The encoder's last map, 1/16 of the image's size, after its rectifier. */
        ENCODER,
        /** The coarse descriptor map, of the same size; negative values count as 0. */
        COARSE
    }

    private final CapsDescriber describer;
    private final Source source;

    /** @param describer the network; closed with this */
    public CapsGlobalDescriptor(CapsDescriber describer, Source source) {
        this.describer = describer;
        this.source = source;
    }

    /** Loads a model for its encoder's map; {@link CapsDescriber#load(Path)} says what can be loaded. */
    public static CapsGlobalDescriptor load(Path fileOrFolder) throws IOException {
        return new CapsGlobalDescriptor(CapsDescriber.load(fileOrFolder), Source.ENCODER);
    }

    @Override
    public float[] describe(Image image) {
        return GeneralisedMean.pool(describer.map(image, source, MAX_SIDE), dimension(), POWER);
    }

    @Override
    public int dimension() {
        return describer.channels(source);
    }

    /** Frees the network. */
    @Override
    public void close() {
        describer.close();
    }
}
