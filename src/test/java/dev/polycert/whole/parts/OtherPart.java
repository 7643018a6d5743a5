package dev.polycert.whole.parts;

import org.junit.platform.suite.api.ExcludeClassNamePatterns;
import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** All tests that are in none of the other parts. */
@Suite
@SelectPackages("dev.polycert")
@ExcludeClassNamePatterns("dev\\.polycert\\.(vendor|provider|whole)\\..*")
@IncludeClassNamePatterns(".*Test")
class OtherPart {}
