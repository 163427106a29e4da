package org.tiepoint.geometry;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Lens models under COLMAP's names, with COLMAP's parameter order. */
public enum CameraModel {
    SIMPLE_PINHOLE(0, "f", "cx", "cy"),
    PINHOLE(1, "fx", "fy", "cx", "cy"),
    SIMPLE_RADIAL(2, "f", "cx", "cy", "k"),
    RADIAL(3, "f", "cx", "cy", "k1", "k2"),
    OPENCV(4, "fx", "fy", "cx", "cy", "k1", "k2", "p1", "p2"),
    OPENCV_FISHEYE(5, "fx", "fy", "cx", "cy", "k1", "k2", "k3", "k4"),
    FULL_OPENCV(6, "fx", "fy", "cx", "cy", "k1", "k2", "p1", "p2", "k3", "k4", "k5", "k6");

    private final int colmapId;
    private final List<String> parameterNames;

    CameraModel(int colmapId, String... parameterNames) {
        this.colmapId = colmapId;
        this.parameterNames = List.of(parameterNames);
    }

    /** The number that COLMAP's binary models and databases store. */
    public int colmapId() {
        return colmapId;
    }

    /** Names of the parameters in their order. */
    public List<String> parameterNames() {
        return parameterNames;
    }

    /** Whether one focal length serves both axes, which moves the principal point to parameters 1 and 2. */
    boolean sharedFocalLength() {
        return parameterNames.get(0).equals("f");
    }

    /** Where the lens distortion starts among the parameters. */
    int distortionOffset() {
        return sharedFocalLength() ? 3 : 4;
    }

    /** The model with this COLMAP number. */
    public static Optional<CameraModel> ofColmapId(int id) {
        return Arrays.stream(values()).filter(model -> model.colmapId == id).findFirst();
    }
}
