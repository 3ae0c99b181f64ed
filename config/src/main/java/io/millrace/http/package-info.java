/** How patient calls over HTTP are, as settings say. */
@NullMarked
package io.millrace.http;

import org.jspecify.annotations.NullMarked;
