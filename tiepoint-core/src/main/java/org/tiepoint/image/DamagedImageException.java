package org.tiepoint.image;

/** What is wrong with the bytes of an image and the remedy; the reader adds the file. */
final class DamagedImageException extends Exception {
    private static final long serialVersionUID = 1;
    private static final String FETCH_AGAIN = "; copy or download the file again";

    DamagedImageException(String problem) {
        super(problem);
    }

    /** The bytes end before the format says. */
    static DamagedImageException cutShort(ImageFormat format, String where) {
        return new DamagedImageException("the " + format.label() + " file is cut short: it ends in " + where
                + FETCH_AGAIN);
    }

    /** The bytes contradict the format. */
    static DamagedImageException damaged(ImageFormat format, String what) {
        return new DamagedImageException("the " + format.label() + " file is damaged: " + what + FETCH_AGAIN);
    }
}
