package org.tiepoint.dataset;

import java.util.Locale;

/** Why a pair of images was not taken. */
public enum DropReason {
    /** The images share too few points, or see too little of the same space. */
    LITTLE_OVERLAP,
    /** The relative rotation is below the limit. */
    ROTATION_TOO_SMALL,
    /** The relative rotation is above the limit. */
    ROTATION_TOO_LARGE,
    /** Both cameras stand in one place: there are no epipolar lines. */
    NO_BASELINE,
    /** More pairs passed than were asked for. */
    OVER_LIMIT,
    /** One of the photos cannot be read. */
    PHOTO_UNREADABLE,
    /** The images' own matches contradict the given poses. */
    CONTRADICTED;

    /** In words, for reports. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
