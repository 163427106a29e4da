package org.tiepoint.estimate;

/** How a geometry is found among matches of which many are wrong. */
public enum RobustMethod {
    /**
     * Random sample consensus (Fischler and Bolles, 1981), OpenCV's classic implementation: the one that CAPS and the
     * HPatches protocol use. It draws from a fixed seed of its own.
     */
    RANSAC,
    /** MAGSAC++ (Barath et al., CVPR 2020) in OpenCV's USAC: weighs residuals instead of cutting them off. */
    MAGSAC
}
