package io.millrace.parallelwrite;

import io.millrace.catalog.EntityFormat;
import io.millrace.config.MillraceException;

/** The formats of Cold entities on the class path, for writers. */
public final class ColdFormats {

    private final ClassPathExtensions extensions;

    private ColdFormats(ClassPathExtensions extensions) {
        this.extensions = extensions;
    }

    /** Finds them. */
    public static ColdFormats load(ClassLoader classes) {
        return new ColdFormats(ClassPathExtensions.load(classes));
    }

    /**
     * Returns a format.
     *
     * @throws MillraceException of kind PLUGIN where it is not on the class path; names the artifact
     */
    public ColdFormat get(EntityFormat format) {
        return extensions
                .format(format)
                .orElseThrow(() -> MillraceException.plugin(extensions.missingFormat(format), null));
    }
}
