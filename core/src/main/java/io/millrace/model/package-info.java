/** What a user describes: a pipegraph and its parts, as plain immutable data. No session, no connection, no Spark. */
@NullMarked
package io.millrace.model;

import org.jspecify.annotations.NullMarked;
