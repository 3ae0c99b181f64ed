/** Calls over HTTP that may fail: how long to wait, how often to try again, and what to say. */
@NullMarked
package io.millrace.internal.http;

import org.jspecify.annotations.NullMarked;
