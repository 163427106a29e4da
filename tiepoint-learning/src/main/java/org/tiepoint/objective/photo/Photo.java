package org.tiepoint.objective.photo;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A photo to learn from by itself.
 *
 * @param scene photos of one scene may show the same things, photos of different scenes do not
 * @param name  path below the folder it was found in, with forward slashes
 * @param file  where it lies
 * @param copy  where its stylised copy lies, if it has one
 */
public record Photo(String scene, String name, Path file, Optional<Path> copy) {}
