package org.tiepoint.stylise;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.tiepoint.image.Image;
import org.tiepoint.image.ImageException;
import org.tiepoint.image.ImageWriter;

/**
 * Stylised copies of a folder of photos, laid out as HNDesc's released code reads them: one copy a photo, under the
 * same name and in the same subfolder, of the same size (MegaDepth/train/0001/a.jpg and
 * MegaDepth-stylized/train/0001/a.jpg there, settings img_dir and st_dir; a photo without a copy is used itself). JPEG
 * stays JPEG, at quality 95; every other format becomes PNG, with ".png" after the whole name unless it is there.
 *
 * @param photos folder of the photos
 * @param copies folder of their copies, outside the photos
 */
public record StylisedFolder(Path photos, Path copies) {
    public StylisedFolder {
        if (inside(photos, copies)) {
            throw new IllegalArgumentException("photos in " + photos + " and copies in " + copies
                    + ": copies below the photos would be taken for photos; give a folder beside them");
        }
    }

    /**
     * Where the copy of a photo belongs.
     *
     * @throws IllegalArgumentException when the photo is not below the folder of photos
     */
    public Path copyOf(Path photo) {
        if (!inside(photos, photo)) {
            throw new IllegalArgumentException(photo + " is not below " + photos);
        }
        Path relative = photos.toAbsolutePath().normalize().relativize(photo.toAbsolutePath().normalize());
        String name = relative.getFileName().toString();
        boolean kept = isJpeg(relative) || name.toLowerCase(Locale.ROOT).endsWith(".png");
        return copies.resolve(relative.toString()).resolveSibling(kept ? name : name + ".png");
    }

    /** The copy of a photo, where it is there. */
    public Optional<Path> find(Path photo) {
        return Optional.of(copyOf(photo)).filter(Files::isRegularFile);
    }

    /** Writes a copy, whole or not at all; its folder must be there. */
    public void write(Image copy, Path photo) throws ImageException {
        Path target = copyOf(photo);
        if (isJpeg(target)) {
            ImageWriter.writeJpeg(copy, target);
        } else {
            ImageWriter.writePng(copy, target);
        }
    }

    private static boolean isJpeg(Path file) {
        return file.getFileName().toString().toLowerCase(Locale.ROOT).matches(".*\\.jpe?g");
    }

    private static boolean inside(Path folder, Path file) {
        return file.toAbsolutePath().normalize().startsWith(folder.toAbsolutePath().normalize());
    }
}
