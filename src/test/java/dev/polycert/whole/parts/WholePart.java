package dev.polycert.whole.parts;

import org.junit.platform.suite.api.ExcludePackages;
import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** The tests of the whole application, but for those in which vendors' own clients judge. */
@Suite
@SelectPackages("dev.polycert.whole")
@ExcludePackages("dev.polycert.whole.judge")
@IncludeClassNamePatterns(".*Test")
class WholePart {}
