/** Tests of the catalog. */
@NullMarked
package io.millrace.catalog;

import org.jspecify.annotations.NullMarked;
