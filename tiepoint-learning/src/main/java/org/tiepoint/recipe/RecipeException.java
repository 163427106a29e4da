package org.tiepoint.recipe;

import java.io.IOException;

/** A recipe that cannot be used: names the file, the key, what is wrong and the remedy. */
public class RecipeException extends IOException {
    private static final long serialVersionUID = 1;

    public RecipeException(String message) {
        super(message);
    }
}
