package org.tiepoint.objective.photo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tiepoint.dataset.ImageFolder;
import org.tiepoint.dataset.PosedCollection;
import org.tiepoint.dataset.PosedImage;
import org.tiepoint.stylise.StylisedFolder;

/** Lists photos to learn from, with their stylised copies. */
public final class PhotoFolder {
    private PhotoFolder() {}

    /**
     * The photos of posed scenes.
     *
     * @param folder    that the scenes were found in
     * @param stylised  folder of copies, laid out as {@link StylisedFolder} says
     */
    public static List<Photo> ofScenes(Path folder, List<PosedCollection> scenes, Optional<Path> stylised) {
        List<Photo> photos = new ArrayList<>();
        for (PosedCollection scene : scenes) {
            for (PosedImage image : scene.images()) {
                photos.add(photo(folder, scene.name(), image.file(), stylised));
            }
        }
        return photos;
    }

    /**
     * All images in a folder; those of one subfolder count as one scene.
     *
     * @throws IOException when the folder has none or cannot be read
     */
    public static List<Photo> list(Path folder, Optional<Path> stylised) throws IOException {
        ImageFolder images = ImageFolder.list(folder);
        return images.names().stream().map(name -> photo(folder, folder.resolve(name).getParent().toString(),
                images.file(name), stylised)).toList();
    }

    private static Photo photo(Path folder, String scene, Path file, Optional<Path> stylised) {
        Path absolute = file.toAbsolutePath().normalize();
        Path root = folder.toAbsolutePath().normalize();
        boolean below = absolute.startsWith(root);
        String name = (below ? root.relativize(absolute) : absolute).toString().replace('\\', '/');
        return new Photo(scene, name, file, below
                ? stylised.flatMap(copies -> new StylisedFolder(folder, copies).find(file)) : Optional.empty());
    }
}
