package dev.polycert.whole.parts;

import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** The tests of vendors, one by one. */
@Suite
@SelectPackages("dev.polycert.vendor")
@IncludeClassNamePatterns(".*Test")
class VendorPart {}
