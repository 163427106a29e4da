package org.tiepoint.image;

/** Width and height in pixels. */
public record ImageSize(int width, int height) {}
