"""How fast searchkit is, beside the engines that one would otherwise take, in the same rounds."""
