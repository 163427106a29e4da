package org.tiepoint.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tiepoint.image.ImageSize;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads an image size in pixels, written 640x480. */
final class ImageSizeForm implements ITypeConverter<ImageSize> {
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
