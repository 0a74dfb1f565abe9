#!/usr/bin/env node
'use strict'
require('../dist/cli/main.js').main('mongowatch-install-mask')
