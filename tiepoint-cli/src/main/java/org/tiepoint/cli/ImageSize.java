package org.tiepoint.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** An image size in pixels, written 640x480. */
record ImageSize(int width, int height) {
    @Override
    public String toString() {
        return width + "x" + height;
    }

    /** Reads WIDTHxHEIGHT. */
    static final class Converter implements ITypeConverter<ImageSize> {
        private static final Pattern FORM = Pattern.compile("([1-9]\\d{0,4})[xX×]([1-9]\\d{0,4})");

        @Override
        public ImageSize convert(String text) {
            Matcher match = FORM.matcher(text.strip());
            if (!match.matches()) {
                throw new TypeConversionException("'" + text + "' is no size in pixels such as 640x480");
            }
            return new ImageSize(Integer.parseInt(match.group(1)), Integer.parseInt(match.group(2)));
        }
    }
}
