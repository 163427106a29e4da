package org.tiepoint.image;

/**
 * An image before it is decoded: what its header says.
 *
 * @param format      of the file
 * @param width       of the stored pixels
 * @param height      of the stored pixels
 * @param orientation EXIF orientation, 1 to 8; 1 where the file has none
 * @param data        what to decode: the file, or the part of it that makes the pixels
 */
record EncodedImage(ImageFormat format, long width, long height, int orientation, byte[] data) {
    EncodedImage {
        if (orientation < 1 || orientation > 8) {
            orientation = 1;
        }
    }

    /** Reads the header and checks that the file is whole as far as its format allows without decoding. */
    static EncodedImage parse(ImageFormat format, byte[] file) throws DamagedImageException {
        EncodedImage image = switch (format) {
            case JPEG -> JpegStructure.parse(file);
            case PNG -> PngStructure.parse(file);
            case PNM -> new PnmDecoder(file).header();
            case TIFF -> TiffTags.parse(file);
            case WEBP -> WebpStructure.parse(file);
        };
        if (image.width < 1 || image.height < 1) {
            throw DamagedImageException.damaged(format, "its header says " + image.width + "x" + image.height
                    + " pixels");
        }
        return image;
    }

    /** Whether the orientation swaps width and height. */
    boolean turned() {
        return orientation >= 5;
    }
}
