/** What a pipegraph remembers between runs. */
@NullMarked
package io.millrace.internal.state;

import org.jspecify.annotations.NullMarked;
