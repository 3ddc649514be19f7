/** The main job told from outside: whole servers, real and simulated mail. */
@NullMarked
package org.postroom.story;

import org.jspecify.annotations.NullMarked;
