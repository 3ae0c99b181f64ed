/** Keeps the documentation true: what it links to, quotes, configures, lists and commands is compared with the code. */
@NullMarked
package io.millrace.docs;

import org.jspecify.annotations.NullMarked;
