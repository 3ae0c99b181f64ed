/** What a pipegraph remembers between runs. */
@NullMarked
package io.millrace.state;

import org.jspecify.annotations.NullMarked;
