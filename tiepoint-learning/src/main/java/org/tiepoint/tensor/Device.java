package org.tiepoint.tensor;

import java.util.Locale;

/** Where tensors live and are computed on. */
public enum Device {
    CPU, CUDA;

    org.bytedeco.pytorch.Device handle() {
        return new org.bytedeco.pytorch.Device(name().toLowerCase(Locale.ROOT));
    }
}
