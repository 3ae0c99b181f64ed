/** What a user of Millrace writes: the classes that the documentation quotes. */
@NullMarked
package com.acme;

import org.jspecify.annotations.NullMarked;
