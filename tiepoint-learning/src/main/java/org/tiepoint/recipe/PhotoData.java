package org.tiepoint.recipe;

import org.tiepoint.augment.CropPairMaker;
import org.tiepoint.feature.DetectorName;

/**
 * What a pair of crops of one photo is.
 *
 * @param maxSide  photos with a longer side are reduced to it first, 64 to 16384 pixels
 * @param detector of key points in each crop, unless they are given
 * @param crops    how the pair is drawn
 */
public record PhotoData(int maxSide, DetectorName detector, CropPairMaker.Options crops) {
    public PhotoData {
        Ranges.require("maxSide", maxSide, 64, 16_384);
    }

    /** Maps are in place where sides are multiples of what the network asks for. */
    void requireCropsFor(LocalNetwork network) {
        int side = crops.homography().side();
        if (side % network.multiple() != 0) {
            throw new IllegalArgumentException("data.crops.homography.side is " + side + ": it must be a multiple of "
                    + network.multiple());
        }
    }
}
